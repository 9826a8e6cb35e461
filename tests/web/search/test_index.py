"""The index finds exactly the texts that hold the words, loses nothing, and mends itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from gongkai.law.numbers.spelling import folded, search_key
from gongkai.web.search import index as kept
from gongkai.web.search.highlight import excerpts, marked
from gongkai.web.search.index import Entry, Index, Unusable
from gongkai.web.search.words import asked, fold, pairs
from tests.web.search.made_up import queries, texts

TEXTS, QUERIES = 2_000, 240


def entry(made, stamp="1", marks=()):
    return Entry(made.key, stamp, made.title, made.text, (made.number,), tuple(marks))


def folded_lines(made):
    """Every line of a text, and its number, folded by the rule itself and not by the index's table."""
    lines = [folded(line) for line in (*made.title.splitlines(), *made.text.splitlines(), made.number)]
    return made.key, [*lines, folded(search_key(made.number))]


def holds(lines, word):
    """Whether a text holds a word, by looking at every line of it; a number in the spelling of numbers as well."""
    return any(spelt in line for spelt in {word, folded(search_key(word))} for line in lines)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    made = texts(TEXTS)
    index = Index.made(tmp_path_factory.mktemp("search") / "index")
    index.write(map(entry, made), ())
    return made, index


def test_hits_are_those_of_looking_at_every_text(whole):
    made, index = whole
    every = [folded_lines(one) for one in made]
    asked_for, found_any, by_length = queries(made, QUERIES), 0, {}
    for given in asked_for:
        words = asked(given)
        expected = {key for key, lines in every if all(holds(lines, word) for word in words)}
        assert set(index.find(words, (), TEXTS)) == expected, given
        found_any += bool(expected)
        length = "several words" if len(words) > 1 else f"{len(words[0])} characters"
        by_length[length] = by_length.get(length, 0) + 1
    print(f"{len(asked_for)} queries over {len(made)} texts, {found_any} with hits; {by_length}")
    assert len(asked_for) >= 200
    assert found_any >= 150
    assert {"1 characters", "2 characters", "4 characters", "several words"} <= by_length.keys()


@pytest.mark.parametrize(
    "spelling",
    [
        "样政发〔2019〕5号",
        "样政发[2019]5号",
        "样政发（2019）5号",
        "样政发【2019】第5号",
        "样政发〔２０１９〕 5 号",
        "样政发(2019)005号",
    ],
)
def test_a_document_number_is_found_in_any_spelling(whole, spelling):
    made, index = whole
    wanted = {one.key for one in made if one.number == "样政发〔2019〕5号"}
    assert len(wanted) == 1
    assert set(index.find(asked(spelling.replace(" ", "")), (), 50)) >= wanted
    assert set(index.find(asked("样政发〔2019〕5号"), (), 50)) == wanted


def test_no_word_is_found_across_two_lines(tmp_path):
    index = Index.made(tmp_path / "i")
    index.write([Entry("a", "1", "甲乙", "丙丁\n戊己"), Entry("b", "1", "丁戊", "")], ())
    assert index.find(("丁戊",), (), 9) == ["b"]
    assert set(index.find(("丁",), (), 9)) == {"a", "b"}
    assert index.find(("己",), (), 9) == ["a"]
    assert index.find((".",), (), 9) == []


def test_marks_narrow_down_and_titles_come_first(tmp_path):
    index = Index.made(tmp_path / "i")
    index.write(
        [
            Entry("a", "1", "别的", "这里讲公开公开", (), ("kind:x", "year:2023")),
            Entry("b", "1", "公开办法", "无", (), ("kind:y", "year:2023")),
        ],
        (),
    )
    assert index.find(("公开",), (), 9) == ["b", "a"]
    assert index.find(("公开",), ("kind:x",), 9) == ["a"]
    assert index.find(("公开",), ("kind:x", "year:2023"), 9) == ["a"]
    assert index.find(("公开",), ("year:2022",), 9) == []


def test_writing_takes_the_place_of_what_was_there(tmp_path):
    index = Index.made(tmp_path / "i")
    index.write([Entry("a", "1", "旧题", ""), Entry("b", "1", "另一", "")], ())
    index.write([Entry("a", "2", "新题", "")], ["b"])
    assert index.known() == {"a": "2"}
    assert index.number() == 1
    assert index.find(("旧题",), (), 9) == []
    assert index.find(("新题",), (), 9) == ["a"]


def test_an_index_that_is_not_there_or_damaged_says_so(tmp_path):
    with pytest.raises(Unusable):
        Index(tmp_path / "none")
    index = Index.made(tmp_path / "i")
    index.write([Entry("a", "1", "题", "文")], ())
    for file in (tmp_path / "i").iterdir():
        if file.suffix not in (".lock", ".json"):
            file.write_bytes(b"\0" * 10)
    with pytest.raises(Unusable):
        Index(tmp_path / "i").find(("题文",), (), 9)
    assert kept.is_damaged(tmp_path / "i")


KILLED = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    import django
    django.setup()
    from gongkai.web.search.index import Entry, Index
    index = Index.made(Path(sys.argv[1]))
    index.write([Entry(f"k{n}", "1", f"题{n}", "正文" * 50) for n in range(200)], ())
    def entries():
        for n in range(2000):
            if n == int(sys.argv[2]):
                os.kill(os.getpid(), signal.SIGKILL)
            yield Entry(f"k{n}", "2", f"新{n}", "正文" * 50)
    index.write(entries(), ["k1"])
    """
)


@pytest.mark.parametrize("at", [0, 150, 1_999])
def test_a_writer_that_is_killed_leaves_what_was_there(tmp_path, at):
    """All or nothing: what was committed before stays whole, what was being written is not half there, and can be again."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "i"), str(at)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.web.settings"}, capture_output=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    index = Index(tmp_path / "i")
    assert index.known() == {f"k{n}": "1" for n in range(200)}
    index.write([Entry("k0", "3", "又", "")], ["k1"])
    assert index.number() == 199


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("", ()),
        ("  　 ", ()),
        ("政府 信息", ("政府", "信息")),
        ("Ａ４ a4", ("A4",)),
        ("（试行）", ("〔试行〕",)),
        ("一 " * 40, ("一",)),
        ("\ue000", ()),
    ],
)
def test_what_is_typed_becomes_words(given, words):
    assert (
        tuple(
            word.replace("(", "〔").replace(")", "〕").replace("[", "〔").replace("]", "〕") for word in asked(given)
        )
        == words
    )


def test_pairs_end_with_a_mark():
    assert pairs("甲乙丙") == ["甲乙", "乙丙", "丙\ue000"]
    assert fold("甲 乙\u3000Ａ") == "甲乙A"


def test_words_are_marked_where_they_stand_in_the_text_as_written():
    pieces = marked("依照（试 行）办法", asked("(试行)"))
    assert next(piece for piece in pieces if piece.found).text == "（试 行）"
    assert "".join(piece.text for piece in pieces) == "依照（试 行）办法"
    (first, second) = excerpts("无关\n" + "前" * 100 + "公开<b>" + "后" * 200 + "\n又有信息", ("公开", "信息"))
    assert [piece.text for piece in first if piece.found] == ["公开"]
    assert len("".join(piece.text for piece in first)) < 140
    assert [piece.text for piece in second] == ["又有", "信息"]
