//! The one scoring function: two names in, a score with its evidence out.

use crate::align::{align, Alignment, Costs, Edge, Span, SCORE_ONE};
use crate::edit::Pattern;
use crate::name::{Group, Kind, Reading, Token};
use crate::similarity::{glued_sound, is_glued, similarity_with, Likeness, GLUED, ROMANISED_SAME};
use crate::tables::{ONE, TABLES};

/// Why a score was lowered after the alignment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Reason {
    /// Both names have distinctive words that the other lacks.
    BothLeftOver = 0,
    /// They carry different numbers.
    OtherNumber = 1,
    /// Only one of them carries a number.
    NumberMissing = 2,
    /// They have different legal forms.
    OtherLegalForm = 3,
    /// The order of a chain of descent is another.
    OtherOrder = 4,
    /// The names rest on one word that is not the same; of persons, on one in two scripts.
    OneWordAlike = 5,
}

impl Reason {
    /// The names of all reasons, in the order of their numbers.
    pub const SLUGS: [&'static str; 6] = [
        "words-left-on-both-sides",
        "other-number",
        "number-missing",
        "other-legal-form",
        "other-order-of-descent",
        "one-word-and-not-the-same",
    ];
}

/// Something that lowered a score: its reason and the factor, 0 to `ONE`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Factor {
    /// Why.
    pub reason: Reason,
    /// By how much.
    pub factor: u32,
}

/// How two readings resemble each other.
#[derive(Clone, Debug)]
pub struct Resemblance {
    /// 0 to `SCORE_ONE`.
    pub score: u32,
    /// The pairs of words and their own score.
    pub alignment: Alignment,
    /// What lowered it.
    pub factors: Vec<Factor>,
}

/// Scores a probe against an indexed reading; absent below `threshold`.
pub fn resemble(
    probe: &Reading,
    indexed: &Reading,
    costs: Costs,
    threshold: u32,
) -> Option<Resemblance> {
    if probe.group != indexed.group {
        return None;
    }
    let edges = edges(probe, indexed);
    resemble_with(probe, indexed, &edges, costs, threshold)
}

/// The same with the edges found by the caller: all of them, sorted by probe, span, indexed.
pub fn resemble_with(
    probe: &Reading,
    indexed: &Reading,
    edges: &[Edge],
    costs: Costs,
    threshold: u32,
) -> Option<Resemblance> {
    let alignment = align(edges, probe.weight(), indexed.weight(), costs, threshold)?;
    let factors = factors(probe, indexed, &alignment);
    let mut score = u64::from(alignment.score);
    for factor in &factors {
        score = score * u64::from(factor.factor) / u64::from(ONE);
    }
    let score = u32::try_from(score).unwrap_or(SCORE_ONE);
    (score >= threshold).then_some(Resemblance { score, alignment, factors })
}

/// Every pair of words of two readings that are alike at all.
pub fn edges(probe: &Reading, indexed: &Reading) -> Vec<Edge> {
    let mut edges = Vec::with_capacity(8);
    for (i, token) in probe.tokens.iter().enumerate() {
        let pattern = Pattern::new(&token.key.letters);
        let sound = Pattern::new(&token.phonetic);
        for (j, other) in indexed.tokens.iter().enumerate() {
            let (alike, likeness) = similarity_with(token, &pattern, &sound, other);
            if alike > 0 {
                edges.push(single_edge(i, token, j, other, alike, likeness));
            }
        }
        for (j, pair) in indexed.tokens.windows(2).enumerate() {
            if let [first, second] = pair {
                if is_glued(token, glued_sound(first, second)) {
                    edges.push(indexed_pair_edge(i, token, j, first, second));
                }
            }
        }
        if let (first, Some(second)) = (token, probe.tokens.get(i + 1)) {
            let sound = glued_sound(first, second);
            for (j, other) in indexed.tokens.iter().enumerate() {
                if is_glued(other, sound) {
                    edges.push(probe_pair_edge(i, first, second, j, other));
                }
            }
        }
    }
    edges
}

/// An edge of one word and one word.
pub fn single_edge(
    probe: usize,
    token: &Token,
    indexed: usize,
    other: &Token,
    similarity: u32,
    likeness: Likeness,
) -> Edge {
    Edge {
        probe: probe as u8,
        indexed: indexed as u8,
        span: Span::Single,
        similarity,
        likeness,
        probe_weight: token.weight,
        indexed_weight: other.weight,
    }
}

/// An edge of one word of the probe and two of the indexed name.
pub fn indexed_pair_edge(
    probe: usize,
    token: &Token,
    indexed: usize,
    first: &Token,
    second: &Token,
) -> Edge {
    Edge {
        span: Span::IndexedPair,
        indexed_weight: first.weight + second.weight,
        ..single_edge(probe, token, indexed, first, GLUED, Likeness::Glued)
    }
}

/// An edge of two words of the probe and one of the indexed name.
pub fn probe_pair_edge(
    probe: usize,
    first: &Token,
    second: &Token,
    indexed: usize,
    other: &Token,
) -> Edge {
    Edge {
        span: Span::ProbePair,
        probe_weight: first.weight + second.weight,
        ..single_edge(probe, first, indexed, other, GLUED, Likeness::Glued)
    }
}

/// What lowers the score of an alignment. Factors never raise it: candidates found by the score of
/// the alignment alone are therefore complete.
fn factors(probe: &Reading, indexed: &Reading, alignment: &Alignment) -> Vec<Factor> {
    let mut factors = Vec::new();
    let mut lower = |reason, factor: Option<u32>| {
        if let Some(factor) = factor {
            factors.push(Factor { reason, factor });
        }
    };
    lower(Reason::BothLeftOver, both_left_over(probe, indexed, alignment));
    let (reason, factor) = numbers(probe, indexed);
    lower(reason, factor);
    lower(Reason::OtherLegalForm, legal_forms(probe, indexed));
    lower(Reason::OtherOrder, order(probe, indexed, alignment));
    lower(Reason::OneWordAlike, one_word(probe, indexed, alignment));
    factors
}

fn both_left_over(probe: &Reading, indexed: &Reading, alignment: &Alignment) -> Option<u32> {
    let (mut left_probe, mut left_indexed) = (probe.weight(), indexed.weight());
    for edge in &alignment.edges {
        left_probe = left_probe.saturating_sub(edge.probe_weight);
        left_indexed = left_indexed.saturating_sub(edge.indexed_weight);
    }
    let conflict = left_probe.min(left_indexed);
    let whole = probe.weight().min(indexed.weight()).max(1);
    let share = (u64::from(conflict) * u64::from(ONE) / u64::from(whole)) as u32;
    (share > 0).then(|| ONE - share / 10 * 7)
}

fn numbers(probe: &Reading, indexed: &Reading) -> (Reason, Option<u32>) {
    let numbers = |reading: &Reading| {
        let mut numbers: Vec<_> = reading
            .tokens
            .iter()
            .filter(|token| token.kind == Kind::Number)
            .map(|token| token.key.letters)
            .collect();
        numbers.sort_unstable();
        numbers
    };
    let (one, other) = (numbers(probe), numbers(indexed));
    match (one.is_empty(), other.is_empty()) {
        (true, true) => (Reason::OtherNumber, None),
        (false, false) if one == other => (Reason::OtherNumber, None),
        (false, false) => (Reason::OtherNumber, Some(ONE * 6 / 10)),
        _ => (Reason::NumberMissing, Some(ONE * 85 / 100)),
    }
}

fn legal_forms(probe: &Reading, indexed: &Reading) -> Option<u32> {
    let is_other = probe.legal.is_some() && indexed.legal.is_some() && probe.legal != indexed.legal;
    is_other.then_some(ONE * 96 / 100)
}

/// A bin B is not B bin A: counts only where the names of both sides state descent.
fn order(probe: &Reading, indexed: &Reading, alignment: &Alignment) -> Option<u32> {
    if probe.group != Group::Person || !states_descent(probe) || !states_descent(indexed) {
        return None;
    }
    let names: Vec<&Edge> = alignment
        .edges
        .iter()
        .filter(|edge| {
            let token = probe.tokens.get(usize::from(edge.probe));
            token.is_some_and(|token| !TABLES.is_particle(&token.key.letters))
        })
        .collect();
    let is_reversed = names.windows(2).any(|pair| match pair {
        [first, second] => first.indexed > second.indexed,
        _ => false,
    });
    is_reversed.then_some(ONE * 85 / 100)
}

/// Names of things and firms are short and made to differ by a letter or two; and what one script
/// leaves out of a word, such as its vowels, is filled by many words of another.
fn one_word(probe: &Reading, indexed: &Reading, alignment: &Alignment) -> Option<u32> {
    let [edge] = &alignment.edges[..] else {
        return None;
    };
    let is_alike = edge.span == Span::Single && edge.similarity < ROMANISED_SAME;
    let is_romanised = |reading: &Reading, place: u8| {
        reading.tokens.get(usize::from(place)).is_some_and(|token| token.key.is_romanised)
    };
    let is_across = is_romanised(probe, edge.probe) != is_romanised(indexed, edge.indexed);
    (is_alike && (is_across || probe.group != Group::Person)).then_some(ONE * 85 / 100)
}

fn states_descent(reading: &Reading) -> bool {
    let is_of = |token: &Token| matches!(&*token.key.letters, b"bin" | b"ibn" | b"ben" | b"bint");
    reading.tokens.iter().any(is_of)
}
