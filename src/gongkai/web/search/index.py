"""The index of this node: a folder of tantivy in the data folder, its fields, writing it and asking it.

An entry is found by `id` (its source and the key of its record) and knows the `stamp` of the record it was made of.
Nothing of the text is kept readable: titles and excerpts come from the records.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import tantivy
from django.conf import settings
from tantivy import Occur, Query

from gongkai.errors import GongkaiError
from gongkai.web.search.words import indexed, number, pairs

FORM = "1"
"""Counted up when an entry is made in another way: then the index is made anew."""
HEAP = 64 * 1024 * 1024
DAMAGED = "damaged"
IDS_A_TIME = 1_000


class Unusable(GongkaiError):
    """The index is not there or cannot be read; the sweep makes it anew."""


class Entry(NamedTuple):
    """What is found: its id, the stamp of what it was made of, its words, its numbers, and marks for filters."""

    id: str
    stamp: str
    title: str
    text: str
    numbers: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


def folder() -> Path:
    """Where the index of this node is."""
    return Path(settings.DATA) / "search" / f"index-{FORM}"


def schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    for name in ("id", "stamp"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("marks", tokenizer_name="whitespace", index_option="basic")
    for name in ("title", "text"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    return builder.build()


class Index:
    """The index in a folder. Opening raises Unusable."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or folder()
        with _guarded(self.path):
            if not tantivy.Index.exists(str(self.path)):
                raise Unusable("search.unusable", reason="absent")
            self._index = tantivy.Index.open(str(self.path))
            self._schema = self._index.schema
            self._seen = 0

    @classmethod
    def made(cls, path: Path | None = None) -> Index:
        """The index in a folder, made empty where there is none."""
        path = path or folder()
        if not path.is_dir() or not any(path.iterdir()):
            path.mkdir(parents=True, exist_ok=True)
            tantivy.Index(schema(), path=str(path))
        return cls(path)

    def number(self) -> int:
        """How many entries there are."""
        with _guarded(self.path):
            self._reload()
            return int(self._index.searcher().num_docs)

    def known(self, kind: str = "") -> dict[str, str]:
        """The stamp of every entry, or of those of one kind, by its id."""
        return self._stamps(self._mark(f"kind:{kind}") if kind else Query.all_query())

    def known_of(self, ids: Sequence[str]) -> dict[str, str]:
        """The stamps of entries with these ids."""
        found: dict[str, str] = {}
        for at in range(0, len(ids), IDS_A_TIME):
            found |= self._stamps(Query.term_set_query(self._schema, "id", list(ids[at : at + IDS_A_TIME])))
        return found

    def _stamps(self, query: Query) -> dict[str, str]:
        with _guarded(self.path):
            self._reload()
            searcher = self._index.searcher()
            found = searcher.search(query, limit=max(1, searcher.num_docs), count=False)
            documents = (searcher.doc(at) for _, at in found.hits)
            return {str(one.get_first("id")): str(one.get_first("stamp")) for one in documents}

    def write(self, entries: Iterable[Entry], gone: Iterable[str]) -> int:
        """Put entries in the place of those of the same id, and take out those that are gone; all or nothing of it."""
        with _guarded(self.path):
            writer = self._index.writer(heap_size=HEAP, num_threads=1)
            written = 0
            try:
                for id in gone:
                    writer.delete_documents_by_term("id", id)
                for entry in entries:
                    writer.delete_documents_by_term("id", entry.id)
                    writer.add_document(_document(entry))
                    written += 1
                writer.commit()
            except BaseException:
                writer.rollback()
                raise
            finally:
                writer.wait_merging_threads()
            return written

    def find(self, words: Sequence[str], marks: Sequence[str], most: int) -> list[str]:
        """The ids of entries that hold all words and bear all marks, at most so many.

        Those whose title holds all words come first, then the others, each part by how well it fits.
        """
        with _guarded(self.path):
            self._reload()
            searcher, found = self._index.searcher(), dict[str, None]()
            for part in (self._titled, self._word):
                must = [(Occur.Must, one) for one in (*map(part, words), *map(self._mark, marks))]
                query = must[0][1] if len(must) == 1 else Query.boolean_query(must)
                hits = searcher.search(query, limit=most, count=False).hits
                found |= dict.fromkeys(str(searcher.doc(at).get_first("id")) for _, at in hits)
                if len(found) >= most:
                    break
            return list(found)[:most]

    def _word(self, word: str) -> Query:
        spelt = dict.fromkeys((word, number(word)))
        found = [self._phrase("text", one) for one in spelt if one]
        return found[0] if len(found) == 1 else Query.boolean_query([(Occur.Should, one) for one in found])

    def _titled(self, word: str) -> Query:
        return self._phrase("title", word)

    def _reload(self) -> None:
        """See what was committed since; looking at the file that every commit writes costs less than asking tantivy."""
        written = (self.path / "meta.json").stat().st_mtime_ns
        if written != self._seen:
            self._index.reload()
            self._seen = written

    def _phrase(self, field: str, word: str) -> Query:
        found = pairs(word)[:-1]
        if not found:
            return Query.regex_query(self._schema, field, f"{re.escape(word)}.")
        if len(found) == 1:
            return Query.term_query(self._schema, field, found[0], "freq")
        return Query.phrase_query(self._schema, field, list(found))

    def _mark(self, mark: str) -> Query:
        return Query.const_score_query(Query.term_query(self._schema, "marks", mark, "basic"), 0.0)


def remove(path: Path | None = None) -> None:
    """Take the index away, to be made anew."""
    shutil.rmtree(path or folder(), ignore_errors=True)


def is_damaged(path: Path | None = None) -> bool:
    """Whether somebody who asked the index found that it cannot be read."""
    return (path or folder()).with_suffix(f".{DAMAGED}").exists()


def mended(path: Path | None = None) -> None:
    """Forget that the index was damaged."""
    (path or folder()).with_suffix(f".{DAMAGED}").unlink(missing_ok=True)


@contextmanager
def _guarded(path: Path) -> Iterator[None]:
    """Whatever the index stumbles over is that it cannot be used, and is left for the sweep to see."""
    try:
        yield
    except (ValueError, OSError, RuntimeError) as error:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(f".{DAMAGED}").touch()
        raise Unusable("search.unusable", reason=type(error).__name__) from error


def _document(entry: Entry) -> tantivy.Document:
    made = tantivy.Document()
    made.add_text("id", entry.id)
    made.add_text("stamp", entry.stamp)
    made.add_text("marks", " ".join(entry.marks))
    made.add_text("title", indexed([entry.title]))
    numbers = (spelt for one in entry.numbers for spelt in dict.fromkeys((one, number(one))))
    made.add_text("text", indexed([entry.title, entry.text, *numbers]))
    return made
