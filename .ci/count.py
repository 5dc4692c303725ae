"""Counts the results of a test run and prints them as the last line: `N passed, N failed`.

Usage: count.py RESULTS STATUS, where RESULTS is a folder with one CTRF report a test project and STATUS the exit code of
the test command. Exits with 1 if a test failed or was skipped without an entry in .ci/unavailable, if a project reported
nothing, or if the test command itself failed.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def unavailable() -> list[re.Pattern[str]]:
    """What cannot be had: a regular expression over a test's name and message a line, `#` begins the reason."""
    lines = (line.split("#")[0].strip() for line in (ROOT / ".ci" / "unavailable").read_text(encoding="utf-8").splitlines())
    return [re.compile(line) for line in lines if line]


def main(results: str, status: int) -> int:
    reports = sorted(Path(results).glob("**/*.ctrf*"))
    projects = sorted(ROOT.glob("tests/*.Tests/*.csproj"))
    excused = unavailable()
    passed = failed = 0
    for report in reports:
        for test in json.loads(report.read_text(encoding="utf-8-sig"))["results"]["tests"]:
            told = f"{test['name']}: {test.get('message', '')}"
            if test["status"] == "passed":
                passed += 1
            elif test["status"] != "failed" and any(pattern.search(told) for pattern in excused):
                print(f"not available: {told}")
            else:
                failed += 1
                print(f"{test['status']}: {told}")

    if len(reports) != len(projects):
        print(f"{len(projects)} test projects, but {len(reports)} reports: a run was cut off.")
        failed += 1
    elif status != 0 and failed == 0:
        print(f"The test command ended with status {status}.")
        failed += 1

    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
