"""The index of the site against bare tantivy over the same pairs of characters, in turns in the same run.

`python -m benchmarks search`: made-up texts; questions of two characters, of four, and of several words. 95 in 100 answers are to
take at most twice what bare tantivy takes for the same phrase in a single field.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles

import tantivy
from tantivy import Occur, Query

COUNT, QUESTIONS, HITS = 20_000, 200, 20
MOST = 2.0


def main() -> int:
    """Measure each kind of question; 0 where all are within bounds."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.web.settings")
    import django

    django.setup()
    from gongkai.web.search.index import Entry, Index
    from gongkai.web.search.words import asked, indexed, pairs
    from tests.web.search.made_up import texts

    made, good = texts(COUNT), True
    dice = random.Random(3)
    with tempfile.TemporaryDirectory() as folder:
        index = Index.made(Path(folder) / "index")
        begun = time.perf_counter()
        index.write((Entry(one.key, "1", one.title, one.text, (one.number,)) for one in made), ())
        print(f"{COUNT} texts written in {time.perf_counter() - begun:.1f} s")
        peer, schema = _bare(Path(folder) / "bare", [(one.key, indexed([one.title, one.text])) for one in made])
        for name, lengths in {"two characters": (2,), "four characters": (4,), "several words": (4, 4, 2)}.items():
            asked_for = [asked(" ".join(_cut(dice, made, length) for length in lengths)) for _ in range(QUESTIONS)]
            ours, theirs = [], []
            for words in asked_for:
                ours.append(_timed(lambda words=words: index.find(words, (), HITS)))
                theirs.append(_timed(lambda words=words: _ask(peer, schema, [pairs(word)[:-1] for word in words])))
            own, bare = (quantiles(found, n=20)[18] * 1000 for found in (ours, theirs))
            print(f"{name}: p95 {own:.2f} ms, bare tantivy {bare:.2f} ms, ratio {own / bare:.2f} (at most {MOST})")
            good = good and own <= MOST * bare
    return 0 if good else 1


def _cut(dice, made, length):
    while True:
        line = dice.choice(dice.choice(made).text.splitlines())
        at = dice.randrange(max(1, len(line) - length))
        cut = line[at : at + length]
        if len(cut) == length and cut.isalpha():
            return cut


def _bare(path, given):
    path.mkdir()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="position")
    schema = builder.build()
    index = tantivy.Index(schema, path=str(path))
    writer = index.writer(num_threads=1)
    for key, text in given:
        writer.add_document(tantivy.Document(id=key, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index, schema


def _ask(index, schema, words):
    parts = [
        Query.phrase_query(schema, "text", list(some)) if len(some) > 1 else Query.term_query(schema, "text", some[0])
        for some in words
    ]
    searcher = index.searcher()
    found = searcher.search(Query.boolean_query([(Occur.Must, one) for one in parts]), limit=HITS, count=False)
    return [searcher.doc(at).get_first("id") for _, at in found.hits]


def _timed(work):
    best = 9e9
    for _ in range(3):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


if __name__ == "__main__":
    sys.exit(main())
