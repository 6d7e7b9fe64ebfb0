"""Amounts, shares, dates and counts of a doc; the grammar of each is in `values.py`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hkcrypto.pipeline.dates import infer_published
from hkcrypto.pipeline.tokenizer import content_spans, is_chinese, text_of
from hkcrypto.pipeline.values import find_values
from hkcrypto.pipeline.zh import dates as chinese_dates
from hkcrypto.pipeline.zh.values import find_values as find_chinese_values

if TYPE_CHECKING:
    from spacy.tokens import Doc


class ValueFinder:
    """Sets `doc._.values`, rows of [type, start, end, value as JSON], and the publication date where the text alone tells it."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the values of a doc."""
        spans = content_spans(doc)
        chinese = is_chinese(doc)
        infer = chinese_dates.infer_published if chinese else infer_published
        if doc._.document["published"] is None and (inferred := infer(text_of(doc), spans)):
            doc._.document = {**doc._.document, "published": inferred, "published_inferred": True}
        taken = {
            i for span in doc.spans["mentions"] if span.label_ not in {"ASSET", "TOPIC"} for i in range(span.start_char, span.end_char)
        }
        details = doc._.document
        values = (
            find_chinese_values(text_of(doc), spans, details["published"], details["language"])
            if chinese
            else find_values(text_of(doc), spans, details["published"])
        )
        doc._.values = [[v.type, v.start, v.end, json.dumps(v.value)] for v in values if v.start not in taken and v.end - 1 not in taken]
        return doc
