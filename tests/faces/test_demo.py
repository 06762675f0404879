"""`article41 demo`: names screened against the demonstration lists, told as what they are."""

import re

from tests.faces.made import run


def test_the_demonstration_says_what_it_is_and_finds_whom_it_should() -> None:
    result = run("demo")

    assert result.returncode == 0, result.stderr
    shown = result.stdout
    assert shown.startswith("A demonstration, not a screening.")
    assert "hold of 6 July 2012" in shown
    assert "none of them current" in shown
    answers = re.split(r"^# .*\n", shown, flags=re.MULTILINE)
    by_name = {answer.split("\n", 1)[0].split("  (")[0]: answer for answer in answers[1:]}
    for name in ("Bashar al-Assad", "بشار الأسد"):
        assert re.search(r"1\.000  EU +Bashar al-Assad", by_name[name])
        assert re.search(r"1\.000  OFAC +Bashar al-Assad", by_name[name])
    assert "Rami Makhlouf" in by_name["Rami Makhluuf"]
    assert "Central Bank of Syria" in by_name["مصرف سورية المركزي"]
    for name in ("Kofi Annan", "Manaf Mustafa Tlass"):
        assert "no resemblance found at threshold 0.65" in by_name[name]
    assert "Talal Mustafa Tlass" in by_name["Manaf Mustafa Tlass"]
