"""Numbers of automatic numbering in the formats that Word offers, the Chinese ones included."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"


def numeral(number: int, style: str) -> str:
    """`number` in Word's number format `style` (w:numFmt), decimal for a format that is not known."""
    write = _STYLES.get(style)
    return write(number) if write else str(number)


def _counting(
    zero: str, digits: str = _DIGITS, units: tuple[str, ...] = ("", "十", "百", "千")
) -> Callable[[int], str]:
    """Chinese counting: 十一, 二十, 一百`zero`一; ten thousand and more fall back on digits."""

    def write(number: int) -> str:
        if not 0 < number < 10_000:
            return str(number) if number else digits[0]
        text, gap = "", False
        for place in range(len(str(number)) - 1, -1, -1):
            digit = number // 10**place % 10
            if digit == 0:
                gap = bool(text)
                continue
            text += (zero if gap else "") + digits[digit] + units[place]
            gap = False
        return text[1:] if text.startswith(digits[1] + units[1]) and units[1] == "十" else text

    return write


def _digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _cycle(letters: str) -> Callable[[int], str]:
    """a … z, aa … zz as Word counts letters; the Chinese cycles start over in the same way."""

    def write(number: int) -> str:
        if number < 1:
            return str(number)
        # A letter is repeated once a round: 27 is aa, 53 aaa; a damaged file must not ask for megabytes of them.
        rounds, at = divmod(number - 1, len(letters))
        return letters[at] * min(rounds + 1, 50)

    return write


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _from(first: str, count: int) -> Callable[[int], str]:
    """Enclosed numbers: `count` characters from `first` on, decimal beyond."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= count else str(number)


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

_STYLES: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({ord("0") + n: ord("０") + n for n in range(10)}),
    "decimalFullWidth2": lambda number: str(number).translate({ord("0") + n: ord("０") + n for n in range(10)}),
    "chineseCounting": _counting("〇"),
    "chineseCountingThousand": _counting("零"),
    "japaneseCounting": _counting(""),
    "taiwaneseCounting": _counting(""),
    "taiwaneseCountingThousand": _counting("零"),
    "ideographDigital": _digits,
    "taiwaneseDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "chineseLegalSimplified": _counting("零", _LEGAL, ("", "拾", "佰", "仟")),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "upperLetter": _cycle("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "lowerLetter": _cycle("abcdefghijklmnopqrstuvwxyz"),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "none": lambda _: "",
    "bullet": lambda _: "",
}
