"""Passwords that are long and still among the first to be tried: something repeated, a walk along the keys, a common word."""

from __future__ import annotations

import re
from itertools import pairwise

from django.contrib.auth.password_validation import CommonPasswordValidator

_FEWEST = 5
"""Different characters that a password has at least."""
_SHARE = 2
"""What is made of steps for more than one half of its length is a walk."""
_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p")
_WORDS = frozenset(
    (
        "password",
        "passwd",
        "admin",
        "administrator",
        "root",
        "welcome",
        "letmein",
        "iloveyou",
        "monkey",
        "dragon",
        "sunshine",
        "qwerty",
        "system",
        "security",
        "audit",
        "test",
        "demo",
        "guest",
        "user",
        "login",
        "china",
        "zhongguo",
        "beijing",
        "shanghai",
        "woaini",
        "woaizhongguo",
        "aini",
        "mima",
        "guanliyuan",
        "gongkai",
        "zhengfu",
        "xinxigongkai",
        "zhengfuxinxigongkai",
        "renminzhengfu",
        "weirenminfuwu",
        "gongzuo",
        "bangong",
        "bangongshi",
        "nihao",
        "gongxifacai",
        "jiayou",
        "密码",
        "管理员",
        "我爱你",
        "我爱中国",
        "中国",
        "北京",
        "政府信息公开",
        "信息公开",
        "公开",
        "人民政府",
        "县人民政府",
        "为人民服务",
        "办公室",
        "新年快乐",
        "恭喜发财",
        "你好",
        "加油",
    )
)
"""Words that people here put figures and signs to and take for a password."""
_LOOKALIKES = str.maketrans("@$013457", "asoleast")
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_BETWEEN = re.compile(r"[\W\d_]+")
_LISTED = CommonPasswordValidator().passwords


def plain(password: str) -> bool:
    """Whether a password is made as people make them who do not want to think of one."""
    written = password.lower()
    core = _AROUND.sub("", written)
    words = {_BETWEEN.sub("", form) for form in (core, core.translate(_LOOKALIKES))}
    return (
        len(set(written)) < _FEWEST
        or _repeated(written)
        or _walked(written)
        or any(map(_common, {form for word in words for form in (word, _unit(word))}))
    )


def _common(word: str) -> bool:
    return word in _WORDS or word in _LISTED


def _repeated(written: str) -> bool:
    """Whether a password is the same thing over and over: 春眠春眠春眠, abc123abc123."""
    return _unit(written) != written


def _unit(written: str) -> str:
    """What a text repeats from its beginning to its end; the text itself where it repeats nothing."""
    length = (written + written).find(written, 1) if written else 0
    return written[:length]


def _walked(written: str) -> bool:
    """Whether a password goes along a row of keys or of letters for the most part."""
    steps = sum(_beside(one, other) for one, other in pairwise(written))
    return steps * _SHARE > len(written)


def _beside(one: str, other: str) -> bool:
    if one.isalnum() and other.isalnum() and one.isascii() and abs(ord(one) - ord(other)) == 1:
        return True
    return any(one + other in row or other + one in row for row in _ROWS)
