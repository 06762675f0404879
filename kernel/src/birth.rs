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
    /// Some years apart, where one side knows no more than the year: such years are estimates.
    Doubtful = 1,
    /// One part or digit of a date differs, as by a slip of the pen.
    Near = 2,
    /// One side has no date.
    Absent = 3,
    /// They agree as far as they are known.
    Compatible = 4,
    /// The same day.
    SameDay = 5,
}

impl BirthEvidence {
    /// The names of all grades, in the order of their numbers.
    pub const SLUGS: [&'static str; 6] =
        ["conflict", "doubtful", "near", "absent", "compatible", "same-day"];
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
    let (date, other_date) = (parts(one.0), parts(other.0));
    let ((year, month, day), (other_year, other_month, other_day)) = (date, other_date);
    let agree = |part: u32, other: u32| part == 0 || other == 0 || part == other;
    let is_swapped = year == other_year && month == other_day && day == other_month;
    let years_apart = year.abs_diff(other_year);
    if years_apart == 0 && agree(month, other_month) && agree(day, other_day) {
        let is_same_day = is_whole(date) && is_whole(other_date);
        return if is_same_day { BirthEvidence::SameDay } else { BirthEvidence::Compatible };
    }
    if is_swapped {
        return BirthEvidence::Compatible;
    }
    let one_part = years_apart == 0 && (agree(month, other_month) || agree(day, other_day));
    let is_estimate = !is_whole(date) || !is_whole(other_date);
    let is_slip =
        !is_estimate && (digits_apart(one.0, other.0) == 1 || is_transposed(one.0, other.0));
    if one_part || years_apart == 1 || is_slip {
        return BirthEvidence::Near;
    }
    if is_estimate && years_apart <= ESTIMATE_YEARS {
        return BirthEvidence::Doubtful;
    }
    BirthEvidence::Conflict
}

/// Years by which two estimates of one person's birth may well differ.
const ESTIMATE_YEARS: u32 = 7;

/// True if the day is known; the first of January stands for an unknown one on many lists.
fn is_whole((_, month, day): (u32, u32, u32)) -> bool {
    month != 0 && day != 0 && (month, day) != (1, 1)
}

fn digits_apart(one: u32, other: u32) -> u32 {
    let digits = |date: u32| (0..8).map(move |place| date / 10u32.pow(place) % 10);
    digits(one).zip(digits(other)).filter(|(one, other)| one != other).count() as u32
}

/// True if two neighbouring digits of the one are those of the other, exchanged.
fn is_transposed(one: u32, other: u32) -> bool {
    (0..7).any(|place| {
        let (low, high) = (10u32.pow(place), 10u32.pow(place + 1));
        let (right, left) = (one / low % 10, one / high % 10);
        right != left && one - left * high - right * low + right * high + left * low == other
    })
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
        BirthEvidence::Doubtful => score / 100 * 80,
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
        assert_eq!(compare_births(&day(19700214), &[19770214, 19770214]), BirthEvidence::Near);
        assert_eq!(compare_births(&day(19760214), &[19670214, 19670214]), BirthEvidence::Near);
        assert_eq!(compare_births(&day(19760214), &[19670215, 19670215]), BirthEvidence::Conflict);
        assert_eq!(compare_births(&day(19700214), &[19740000, 19740000]), BirthEvidence::Doubtful);
        assert_eq!(compare_births(&day(19700214), &[19740315, 19740315]), BirthEvidence::Conflict);
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
