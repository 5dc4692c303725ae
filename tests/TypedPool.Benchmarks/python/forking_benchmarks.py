"""A module that takes long to import: with scikit-learn where that is installed, else with what takes longest of Python's own."""

from __future__ import annotations

from typedpool import command

try:
    import sklearn.ensemble
    import sklearn.linear_model

    imported = f"scikit-learn {sklearn.__version__}"
except ImportError:
    import asyncio  # noqa: F401
    import email.mime.text  # noqa: F401
    import unittest.mock  # noqa: F401
    import xml.dom.minidom  # noqa: F401
    import xmlrpc.client  # noqa: F401

    imported = "asyncio, email, unittest, xml and xmlrpc of the standard library"


@command
def what() -> str:
    """What was imported."""
    return imported
