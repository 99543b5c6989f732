"""A verdict is said by symbol and words, and colour only repeats it."""

from rl_helpers.exercises import EXERCISES
from rl_helpers.exercises.checking.judge import judge
from rl_helpers.exercises.checking.report import Report


def test_html_says_by_symbol_and_words_what_colour_repeats():
    reports = {
        "✓ <code>td_error</code>: solved": lambda target, q_value: target - q_value,
        "○ <code>td_error</code>: not yet": lambda target, q_value: None,
        "✗ <code>td_error</code>: not right yet": lambda target, q_value: q_value - target,
    }
    for words, answer in reports.items():
        markup = judge(EXERCISES["td_error"], answer)._repr_html_()
        assert words in markup
        # The text keeps the theme's own colours: any contrast is the theme's.
        assert ";color:" not in markup.replace(" ", "")
        assert "background" not in markup


def test_html_of_learners_text_is_escaped():
    report = judge(EXERCISES["td_error"], lambda target, q_value: "<script>")
    assert "<script>" not in report._repr_html_()
    assert "&lt;script&gt;" in report._repr_html_()


def test_findings_stand_inside_the_frame_below_hint_and_note():
    findings = (("solved", "Alma", "yes."), ("not yet", "Bruno", "`none` *yet*."))
    report = Report("bug_clinic", "not yet", hint="Look.", findings=findings).with_note("Saved.")
    assert repr(report).splitlines()[1:] == [
        "  Hint: Look.",
        "  Saved.",
        "  ✓ Alma: yes.",
        "  ○ Bruno: `none` *yet*.",
    ]
    html = report._repr_html_()
    assert html.endswith("<strong>Bruno:</strong> <code>none</code> <em>yet</em>.</li></ul></div>")
    assert html.index("Look.") < html.index("Saved.") < html.index("✓ <strong>Alma:</strong> yes.</li>")
    assert "<ul" not in Report("bug_clinic", "not yet")._repr_html_()
