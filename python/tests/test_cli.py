"""The command line."""

from __future__ import annotations

import glob
import json
import os
import re
import stat
import subprocess
import sys
import unittest

import typedpool
from tests.client import FOLDER, Host, ProjectTestCase
from typedpool.actions import _parser  # pyright: ignore[reportPrivateUsage]
from typedpool.cli import Serving, read

_SOURCE = """
    import os
    import helper
    from typedpool import command

    print("printed")
    os.system("echo by a child")

    @command
    def f(a: int) -> "helper.Any":
        ...
"""

_ONE_COMMAND = "from typedpool import command\n@command\ndef f() -> None: ...\n"


class ExportTests(ProjectTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.write("helper.py", "from typing import Any\n")
        self.module = self.write("commands.py", _SOURCE)

    def test_what_a_module_prints_stays_out_of_the_document(self) -> None:
        done = self.run_cli("export", "commands")
        self.assertEqual("1.3.2", json.loads(done.stdout)["openrpc"])
        self.assertIn(b"printed", done.stderr)
        self.assertIn(b"by a child", done.stderr)

    def test_the_export_says_how_much_is_typed(self) -> None:
        done = self.run_cli("export", "commands", "-o", "out.json")
        self.assertIn("typedpool: 1 command, 0 types, 1 of 2 positions typed → out.json", done.stderr.decode("utf-8"))

    def test_an_unchanged_file_is_not_touched(self) -> None:
        out = os.path.join(self.folder, "out.json")
        self.run_cli("export", "commands", "-o", "out.json")
        os.utime(out, (1, 1))
        self.run_cli("export", "commands", "-o", "out.json")
        self.assertEqual(1, os.stat(out).st_mtime)
        self.write("helper.py", "Any = int\n")
        self.run_cli("export", "commands", "-o", "out.json")
        self.assertNotEqual(1, os.stat(out).st_mtime)
        self.assertEqual([], glob.glob(os.path.join(self.folder, "*.tmp")))

    @unittest.skipUnless(hasattr(os, "mkfifo"), "this system has no named pipes")
    def test_a_pipe_is_written_into_and_stays_a_pipe(self) -> None:
        out = os.path.join(self.folder, "out.pipe")
        os.mkfifo(out)
        reading = os.open(out, os.O_RDONLY | os.O_NONBLOCK)
        try:
            self.assertEqual(0, self.run_cli("export", "commands", "-o", "out.pipe").returncode)
            self.assertEqual("1.3.2", json.loads(os.read(reading, 1 << 20))["openrpc"])
        finally:
            os.close(reading)
        self.assertTrue(stat.S_ISFIFO(os.stat(out).st_mode))

    def test_a_failed_export_leaves_the_file_alone(self) -> None:
        out = self.write("out.json", "old")
        self.write("commands.py", "1 / 0\n")
        self.assertEqual(2, self.run_cli("export", "commands", "-o", "out.json").returncode)
        with open(out, encoding="utf-8") as file:
            self.assertEqual("old", file.read())

    def test_a_file_that_cannot_be_written_is_an_error(self) -> None:
        done = self.run_cli("export", "commands", "-o", os.path.join("nowhere", "out.json"))
        self.assertEqual(2, done.returncode)
        self.assertNotIn(b"Traceback", done.stderr)

    def test_the_depfile_lists_the_projects_own_sources(self) -> None:
        installed = self.write(os.path.join("site-packages", "installed.py"), "")
        environment = self.write(os.path.join(".venv", "lib", "tool.py"), "")
        self.write(os.path.join(".venv", "pyvenv.cfg"), "")
        package = self.write(os.path.join("package", "__init__.py"), "")
        for folder in (installed, environment):
            self.write("helper.py", "import sys, os, json, installed, tool, package\nfrom typing import Any\n")
        paths = [os.path.dirname(path) for path in (installed, environment)]
        arguments = [part for path in paths for part in ("--search-path", path)]
        done = self.run_cli("export", "commands", "--depfile", "dep", *arguments)
        self.assertEqual(0, done.returncode, done.stderr.decode())
        with open(os.path.join(self.folder, "dep"), encoding="utf-8") as file:
            lines = file.read().splitlines()
        self.assertEqual([self.module, os.path.join(self.folder, "helper.py"), package], lines)

    def test_a_module_may_be_given_as_a_path(self) -> None:
        inside = self.write(os.path.join("sub dir", "my-commands.py"), _ONE_COMMAND)
        package = self.write(os.path.join("lib", "pack", "__init__.py"), "from .one import f\n")
        self.write(os.path.join("lib", "pack", "one.py"), _ONE_COMMAND)
        folder = os.path.join("lib", "pack", "")
        for path, title in ((inside, "my-commands"), (os.path.dirname(package), "pack"), (folder, "pack")):
            with self.subTest(path):
                done = self.run_cli("export", path)
                self.assertEqual(0, done.returncode, done.stderr.decode())
                self.assertEqual(title, json.loads(done.stdout)["info"]["title"])

    def test_a_module_may_be_given_by_its_dotted_name(self) -> None:
        self.write(os.path.join("lib", "pack", "one.py"), _ONE_COMMAND)
        done = self.run_cli("export", "pack.one", "--search-path", "lib")
        self.assertEqual("pack.one", json.loads(done.stdout)["info"]["title"])

    def test_a_file_named_like_a_module_of_python_is_refused(self) -> None:
        self.write("json.py", _ONE_COMMAND)
        done = self.run_cli("export", os.path.join(self.folder, "json.py"))
        self.assertEqual(2, done.returncode)
        self.assertIn(b"already the name of another module", done.stderr)


class CheckTests(ProjectTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.source = "from typedpool import command\n@command\ndef f(a: int) -> None:\n    '''Does it.'''\n"
        self.write("commands.py", self.source)
        self.run_cli("export", "commands", "-o", "schema.json")

    def test_an_equal_contract_is_success(self) -> None:
        self.assertEqual(0, self.run_cli("check", "commands", "--against", "schema.json", "--exact").returncode)
        self.write("commands.py", self.source.replace("Does it", "Does it well"))
        self.assertEqual(0, self.run_cli("check", "commands", "--against", "schema.json").returncode)
        done = self.run_cli("check", "commands", "--against", "schema.json", "--exact")
        self.assertEqual(1, done.returncode)
        self.assertIn(b"Export it again", done.stderr)

    def test_what_is_compatible_is_told_and_is_success_unless_equality_is_asked_for(self) -> None:
        self.write("commands.py", self.source + "@command\ndef g() -> None: ...\n")
        for more, status in ((), 0), (("--equal",), 1), (("--exact",), 1):
            done = self.run_cli("check", "commands", "--against", "schema.json", *more)
            self.assertEqual(status, done.returncode, more)
            self.assertIn("compatible: command 'g': command added (no caller knows of it)", done.stderr.decode())

    def test_the_same_contract_under_another_hash_is_compatible_as_it_is_to_a_pool(self) -> None:
        with open(os.path.join(self.folder, "schema.json"), encoding="utf-8") as file:
            document = json.load(file)
        document["info"]["x-typedpool"]["contract"] = "sha256:0"
        self.write("schema.json", json.dumps(document))
        for more, status in ((), 0), (("--equal",), 1), (("--exact",), 1):
            done = self.run_cli("check", "commands", "--against", "schema.json", *more)
            self.assertEqual(status, done.returncode, more)
            self.assertIn("compatible: nothing else differs. Export it again.", done.stderr.decode())

    def test_a_difference_is_named(self) -> None:
        self.write("commands.py", self.source + "@command\ndef h() -> None: ...\n")
        self.run_cli("export", "commands", "-o", "schema.json")
        self.write("commands.py", self.source.replace("int", "float"))
        done = self.run_cli("check", "commands", "--against", "schema.json")
        self.assertEqual(1, done.returncode)
        said = done.stderr.decode()
        self.assertEqual(2, len(re.findall("sha256:[0-9a-f]{64}", said)))
        self.assertIn("compatible: command 'f', parameter 'a': a number instead of an integer", said)
        self.assertIn("breaking: command 'h': command removed", said)

    def test_a_file_that_is_no_schema_is_an_error(self) -> None:
        for text in ("{", "{}", "[]", '{"info": 1}'):
            self.write("schema.json", text)
            done = self.run_cli("check", "commands", "--against", "schema.json")
            self.assertEqual(2, done.returncode)
            self.assertNotIn(b"Traceback", done.stderr)
        self.assertEqual(2, self.run_cli("check", "commands", "--against", "nowhere.json").returncode)


class StartTests(ProjectTestCase):
    def test_an_old_python_says_so_in_one_line(self) -> None:
        installed = os.path.expanduser("~/.pyenv/versions/{}.*/bin/python")
        pythons = [path for old in ("2.7", "3.6", "3.8") for path in glob.glob(installed.format(old))]
        if not pythons:
            self.skipTest("no old Python is installed")
        for python in pythons:
            for start in ((FOLDER,), ("-m", "typedpool")):
                with self.subTest(python=python, start=start):
                    done = self.run_process(python, *start, "serve", "commands")
                    lines = done.stderr.decode().splitlines()
                    # Before Python 3, a package is imported before anything can see that -m asked for it.
                    self.assertRegex(lines[-1], r"typedpool needs Python 3\.9 or later, this is \d+\.\d+\.\d+ \(.+\)$")
                    if "2.7" not in python or start == (FOLDER,):
                        self.assertEqual((78, 1), (done.returncode, len(lines)))

    def test_the_package_runs_as_a_module(self) -> None:
        done = self.run_process(sys.executable, "-m", "typedpool", "--version")
        self.assertEqual((0, typedpool.__version__), (done.returncode, done.stdout.decode().strip()))

    def test_wrong_usage_ends_with_2(self) -> None:
        for arguments in ((), ("export",), ("check", "commands"), ("dance", "commands")):
            self.assertEqual(2, self.run_cli(*arguments).returncode)

    def test_serve_takes_the_same_modules_as_export(self) -> None:
        path = self.write(os.path.join("sub", "commands.py"), "from typedpool import command\n@command\ndef f() -> int: return 5\n")
        by_path = Host(path, cwd=self.folder)
        by_name = Host("commands", "--search-path", "sub", cwd=self.folder)
        with by_path, by_name:
            self.assertEqual([5, 5], [by_path.result("f"), by_name.result("f")])
            contracts = {host.result("$/initialize", {})["contract"] for host in (by_path, by_name)}
            self.run_cli("export", path, "-o", "schema.json")
            with open(os.path.join(self.folder, "schema.json"), encoding="utf-8") as file:
                self.assertEqual({json.load(file)["info"]["x-typedpool"]["contract"]}, contracts)

    def test_a_line_that_a_pool_writes_is_read_as_argparse_reads_it(self) -> None:
        for line, expected in (
            ("m", Serving(["m"], [], 1, 1, None)),
            ("m n --search-path a --search-path b", Serving(["m", "n"], ["a", "b"], 1, 1, None)),
            ("m --calls 100 --threads 4 --logs 10", Serving(["m"], [], 100, 4, 10)),
        ):
            with self.subTest(line):
                words = ["serve", *line.split()]
                options = _parser().parse_args(words)
                parsed = Serving(options.modules, options.search_path, options.calls, options.threads, options.logs)
                self.assertEqual([expected, expected], [read(words), parsed])

    def test_what_forks_is_started_by_the_same_line(self) -> None:
        self.assertEqual(Serving(["m"], ["a"], 2, 1, 10, forks=True), read("fork-server m --search-path a --calls 2 --logs 10".split()))

    def test_other_lines_are_left_to_argparse(self) -> None:
        for line in (
            "", "export m", "serve", "serve --calls 2", "serve m --calls", "serve m --calls x", "serve m --calls=2", "serve -h",
            "serve m --calls 2 n", "serve m --search-path --calls", "serve m --log 5", "serve m --calls -1",
        ):
            self.assertIsNone(read(line.split()), line)

    def test_a_worker_starts_without_what_it_does_not_use(self) -> None:
        self.write("commands.py", """
            import sys
            from typedpool import command

            @command
            def loaded() -> list[str]:
                return sorted(sys.modules)
        """)
        unused = {"argparse", "asyncio", "concurrent", "datetime", "decimal", "hashlib", "logging", "platform", "shutil",
                  "subprocess", "tempfile", "threading", "traceback", "uuid"}
        # What the installation imports for itself, as some do from files ending in .pth, is not the bridge's doing.
        bare = subprocess.run([sys.executable, "-c", "import sys; print(*sys.modules)"], stdout=subprocess.PIPE, check=True)
        with Host("commands", cwd=self.folder) as worker:
            self.assertEqual(set(), unused & set(worker.result("loaded")) - set(bare.stdout.decode().split()))

    def test_the_public_surface_is_small(self) -> None:
        types = ["BigInt", "Float32", "NaiveDatetime"] + [f"{u}Int{bits}" for u in ("", "U") for bits in (8, 16, 32, 64)]
        self.assertEqual(sorted(["Cancelled", "Context", "HostError", "Shape", "StreamFailed", "command", "host", "on_start", "on_stop", *types]), sorted(typedpool.__all__))
        for name in typedpool.__all__:
            getattr(typedpool, name)
        with self.assertRaises(AttributeError):
            getattr(typedpool, "Annotated")


if __name__ == "__main__":
    unittest.main()
