"""JUnit XML, for the test reports of GitLab, Jenkins and others: a test case a document."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TextIO
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent  # written, never parsed

from hkcrypto.baseline.compare import Change, Comparison
from hkcrypto.baseline.formats import formats
from hkcrypto.baseline.words import cause, details, headline, total

# XML 1.0 has no way to write these at all.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@formats.register("junit")
def write_junit(comparison: Comparison, out: TextIO) -> None:
    """Write the document that the schemas of both Ant and Jenkins allow."""
    found = comparison.by_document()
    names = dict.fromkeys((*comparison.documents, *found))
    counted = {name: [change for change in found.get(name, ()) if change.counts] for name in names}
    errors = sum(_is_error(changes) for changes in counted.values())
    root = Element("testsuites")
    suite = SubElement(
        root,
        "testsuite",
        name="hkcrypto",
        package="hkcrypto",
        id="0",
        tests=str(len(counted)),
        failures=str(sum(map(bool, counted.values())) - errors),
        errors=str(errors),
        time="0",
        hostname="localhost",
        timestamp=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
    )
    SubElement(suite, "properties")
    for name, changes in counted.items():
        case = SubElement(suite, "testcase", name=_clean(name), classname="hkcrypto", time="0")
        if changes:
            _add_failure(case, changes)
    SubElement(suite, "system-out").text = _clean(total(comparison))
    SubElement(suite, "system-err")
    indent(root)
    ElementTree(root).write(out, encoding="unicode", xml_declaration=True)
    out.write("\n")


def _add_failure(case: Element, changes: list[Change]) -> None:
    kinds = ", ".join(dict.fromkeys(f"{change.kind} {change.change}" for change in changes))
    causes = ", ".join(dict.fromkeys(change.cause for change in changes if change.cause)) or "unknown"
    failure = SubElement(
        case, "error" if _is_error(changes) else "failure", type=_clean(causes), message=f"{len(changes)} differences: {kinds}"
    )
    failure.text = _clean("\n".join(f"{headline(change)} ({details(change)}){cause(change)}" for change in changes))


def _is_error(changes: list[Change]) -> bool:
    return any(change.change == "failed" for change in changes)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("�", text)
