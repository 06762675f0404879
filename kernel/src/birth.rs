//! What dates of birth add to a resemblance of names.
//!
//! A date is a span (first, last) of days in the form 19700131, with 0 for an unknown month or day.

use crate::align::SCORE_ONE;

/// What two sets of birth dates say together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum BirthEvidence {
    /// Every date is another one.
    Conflict = 0,
    /// One part of a date differs, as by a slip of the pen.
    Near = 1,
    /// One side has no date.
    Absent = 2,
    /// They agree as far as they are known.
    Compatible = 3,
    /// The same day.
    SameDay = 4,
}

/// Compares the dates of a query with those of a record, which come as pairs in a row.
pub fn compare_births(query: &[(u32, u32)], record: &[u32]) -> BirthEvidence {
    let pairs = query.iter().flat_map(|&one| {
        record.chunks_exact(2).filter_map(move |other| match other {
            &[first, last] => Some(compare(one, (first, last))),
            _ => None,
        })
    });
    pairs.max().unwrap_or(BirthEvidence::Absent)
}

fn compare(one: (u32, u32), other: (u32, u32)) -> BirthEvidence {
    if one.0 != one.1 || other.0 != other.1 {
        return compare_spans(one, other);
    }
    let ((year, month, day), (other_year, other_month, other_day)) = (parts(one.0), parts(other.0));
    let is_partial = month == 0 || other_month == 0 || day == 0 || other_day == 0;
    let same_month = month == 0 || other_month == 0 || month == other_month;
    let same_day = day == 0 || other_day == 0 || day == other_day;
    let is_swapped = month == other_day && day == other_month;
    match year.abs_diff(other_year) {
        0 if same_month && same_day => {
            // The first of January stands for an unknown day on many lists.
            let is_whole = !is_partial && (month, day) != (1, 1);
            if is_whole {
                BirthEvidence::SameDay
            } else {
                BirthEvidence::Compatible
            }
        }
        0 if is_swapped => BirthEvidence::Compatible,
        0 if !is_partial && (month == other_month || day == other_day) => BirthEvidence::Near,
        1 => BirthEvidence::Near,
        apart if apart % 10 == 0 && !is_partial && same_month && same_day => BirthEvidence::Near,
        _ => BirthEvidence::Conflict,
    }
}

/// Spans and years: a year of tolerance, since a span is an estimate.
fn compare_spans(one: (u32, u32), other: (u32, u32)) -> BirthEvidence {
    let years = |span: (u32, u32)| (parts(span.0).0, parts(span.1).0);
    let ((first, last), (other_first, other_last)) = (years(one), years(other));
    if first <= other_last && other_first <= last {
        BirthEvidence::Compatible
    } else if first <= other_last + 1 && other_first <= last + 1 {
        BirthEvidence::Near
    } else {
        BirthEvidence::Conflict
    }
}

fn parts(date: u32) -> (u32, u32, u32) {
    (date / 10_000, date / 100 % 100, date % 100)
}

/// The score of a name with the evidence of birth dates: the same day halves the doubt.
pub fn with_births(score: u32, births: BirthEvidence) -> u32 {
    match births {
        BirthEvidence::SameDay => SCORE_ONE - (SCORE_ONE - score.min(SCORE_ONE)) / 2,
        BirthEvidence::Compatible | BirthEvidence::Absent => score,
        BirthEvidence::Near => score / 100 * 93,
        BirthEvidence::Conflict => score / 2,
    }
}

/// The least score of a name that evidence can raise to a threshold.
pub fn lowest_name_score(threshold: u32) -> u32 {
    let doubt = SCORE_ONE - threshold.min(SCORE_ONE);
    SCORE_ONE.saturating_sub(2 * doubt + 1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_follows_from_the_parts_that_agree() {
        let day = |date| [(date, date)];
        assert_eq!(compare_births(&day(19700214), &[19700214, 19700214]), BirthEvidence::SameDay);
        assert_eq!(
            compare_births(&day(19700214), &[19700000, 19700000]),
            BirthEvidence::Compatible
        );
        assert_eq!(compare_births(&day(19700214), &[19700314, 19700314]), BirthEvidence::Near);
        assert_eq!(compare_births(&day(19700214), &[19910101, 19910101]), BirthEvidence::Conflict);
        assert_eq!(
            compare_births(&day(19700214), &[19680000, 19720000]),
            BirthEvidence::Compatible
        );
        assert_eq!(compare_births(&day(19700214), &[]), BirthEvidence::Absent);
    }

    #[test]
    fn no_name_below_the_lowest_score_is_raised_to_the_threshold() {
        for threshold in (1..=SCORE_ONE).step_by(97) {
            let below = lowest_name_score(threshold) - 1;
            assert!(below == 0 || with_births(below, BirthEvidence::SameDay) < threshold);
        }
    }
}
