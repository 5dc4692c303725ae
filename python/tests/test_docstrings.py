"""Docstrings in their three styles."""

from __future__ import annotations

import unittest

from typedpool.docstrings import Docstring, parse

_EXPECTED = Docstring(
    summary="Classifies a text and says why.",
    description="Slow at first.\n\n- a list\n- of two",
    parameters={"text": "What to classify: any text. Even a long one.", "top_k": "How many.\n\nAt most 100."},
    returns="The labels, best first.",
    raises={"EmptyText": "If the text is empty."},
)

_GOOGLE = """Classifies a text
    and says why.

    Slow at first.

    - a list
    - of two

    Args:
        text (str, optional): What to classify: any text.
            Even a long one.
        top_k: How many.

            At most 100.

    Returns:
        list[Label]: The labels,
        best first.

    Raises:
        EmptyText: If the text is empty.
    """

_NUMPY = """Classifies a text
    and says why.

    Slow at first.

    - a list
    - of two

    Parameters
    ----------
    text : str
        What to classify: any text.
        Even a long one.
    top_k : int, optional
        How many.

        At most 100.

    Returns
    -------
    list of Label
        The labels, best first.

    Raises
    ------
    EmptyText
        If the text is empty.
    """

_REST = """Classifies a text
    and says why.

    Slow at first.

    - a list
    - of two

    :param str text: What to classify: any text.
        Even a long one.
    :param top_k: How many.

        At most 100.
    :type top_k: int
    :returns: The labels,
        best first.
    :rtype: list
    :raises EmptyText: If the text is empty.
    """


class DocstringTests(unittest.TestCase):
    def test_every_style_says_the_same(self) -> None:
        for name, text in (("Google", _GOOGLE), ("NumPy", _NUMPY), ("reST", _REST)):
            with self.subTest(name):
                self.assertEqual(_EXPECTED, parse(text))

    def test_nothing_reads_as_nothing(self) -> None:
        for text in (None, "", "  \n  "):
            self.assertEqual(Docstring("", "", {}, "", {}), parse(text))

    def test_sections_without_a_place_in_the_schema_stay_in_the_description(self) -> None:
        read = parse("Summary.\n\nExample:\n    >>> f()\n\nArgs:\n    a: b\n\nNotes\n-----\nMore.\n")
        self.assertEqual("Example:\n    >>> f()\n\n\nNotes\n-----\nMore.".replace("\n\n\n", "\n\n"), read.description)
        self.assertEqual({"a": "b"}, read.parameters)

    def test_a_google_result_may_have_no_type(self) -> None:
        self.assertEqual("The labels: all of them.", parse("S.\n\nReturns:\n    The labels: all of them.").returns)
        self.assertEqual("all.", parse("S.\n\nReturns:\n    dict[str, int] | None: all.").returns)

    def test_numpy_names_may_share_a_text(self) -> None:
        self.assertEqual({"x": "Both.", "y": "Both."}, parse("S.\n\nParameters\n----------\nx, y : int\n    Both.").parameters)

    def test_a_numpy_result_may_be_text_alone(self) -> None:
        self.assertEqual("All of them.", parse("S.\n\nReturns\n-------\nAll of them.").returns)

    def test_stars_are_no_part_of_a_name(self) -> None:
        self.assertEqual({"args": "a", "kwargs": "b"}, parse("S.\n\nArgs:\n    *args: a\n    **kwargs: b").parameters)

    def test_a_class_documents_its_fields(self) -> None:
        expected = {"name": "Its name."}
        for text in (
            "S.\n\nAttributes:\n    name: Its name.",
            "S.\n\nAttributes\n----------\nname : str\n    Its name.",
            "S.\n\n:ivar name: Its name.",
            "S.\n\n:param name: Its name.",
        ):
            self.assertEqual(expected, parse(text).parameters)

    def test_a_word_with_a_colon_is_no_section(self) -> None:
        self.assertEqual("Returns: nothing.", parse("S.\n\nReturns: nothing.").description)


if __name__ == "__main__":
    unittest.main()
