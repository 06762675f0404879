//! The best one-to-one alignment of the words of two names, found exactly.
//!
//! Score = sum(s p) / (sum(p) + missing + extra), where p is the mean weight of an aligned pair and
//! missing and extra are the weights left over on the probe's and the listed side, discounted.
//! All arithmetic is in integers: the same on every platform.

use crate::name::TOKENS_MAX;
use crate::similarity::Likeness;

/// One, for scores.
pub const SCORE_ONE: u32 = 65_536;
/// Branches after which the best alignment so far is taken; only names of many equal words get there.
const BRANCHES_MAX: u32 = 50_000;
/// Ways to meet from which on branches may run out: there are no more than twice as many branches.
const WAYS_MAX: u32 = BRANCHES_MAX / 2;

/// What a word left over costs on each side, in fortieths of its weight.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Costs {
    /// For a word of the probe that the indexed name lacks.
    pub probe: u32,
    /// For a word of the indexed name that the probe lacks.
    pub indexed: u32,
}

/// Weight of a word that the query has and the listed name lacks, in fortieths.
pub const QUERY_LEFT: u32 = 36;
/// Weight of a word that the listed name has and the query lacks, in fortieths.
pub const LISTED_LEFT: u32 = 12;

impl Costs {
    /// The probe is the query, the index holds listed names.
    pub const FORWARD: Costs = Costs { probe: QUERY_LEFT, indexed: LISTED_LEFT };
    /// The probe is a listed name, the index holds customers.
    pub const REVERSE: Costs = Costs { probe: LISTED_LEFT, indexed: QUERY_LEFT };
}

/// Which words an edge joins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Span {
    /// One word and one word.
    Single = 0,
    /// One word of the probe and two neighbours of the indexed name.
    IndexedPair = 1,
    /// Two neighbours of the probe and one word of the indexed name.
    ProbePair = 2,
}

/// A possible pair of words in an alignment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Edge {
    /// Place of the (first) word of the probe.
    pub probe: u8,
    /// Place of the (first) word of the indexed name.
    pub indexed: u8,
    /// Which words it joins.
    pub span: Span,
    /// 0 to `ONE`.
    pub similarity: u32,
    /// Why.
    pub likeness: Likeness,
    /// Weight of the probe's words in it.
    pub probe_weight: u32,
    /// Weight of the indexed name's words in it.
    pub indexed_weight: u32,
}

impl Edge {
    /// What the edge adds towards a score of `threshold`; see `need`.
    pub fn gain(&self, costs: Costs, threshold: u32) -> i64 {
        gain(self.similarity, self.probe_weight, self.indexed_weight, costs, threshold)
    }

    fn probe_bits(&self) -> u32 {
        (if self.span == Span::ProbePair { 3 } else { 1 }) << self.probe
    }

    fn indexed_bits(&self) -> u32 {
        (if self.span == Span::IndexedPair { 3 } else { 1 }) << self.indexed
    }
}

/// The gain of a pair of words with these weights: an alignment scores at least `threshold` if and
/// only if the gains of its edges sum to `need` or more.
#[inline]
pub fn gain(similarity: u32, probe: u32, indexed: u32, costs: Costs, threshold: u32) -> i64 {
    let both = i64::from(probe + indexed);
    let threshold = i64::from(threshold);
    both * (320 * i64::from(similarity) - 20 * threshold)
        + threshold
            * (i64::from(costs.probe) * i64::from(probe)
                + i64::from(costs.indexed) * i64::from(indexed))
}

/// The sum of gains that a score of `threshold` takes for names of these weights.
#[inline]
pub fn need(probe: u32, indexed: u32, costs: Costs, threshold: u32) -> i64 {
    i64::from(threshold)
        * (i64::from(costs.probe) * i64::from(probe)
            + i64::from(costs.indexed) * i64::from(indexed))
}

/// Pairs of words and the score that they give.
#[derive(Clone, Debug)]
pub struct Alignment {
    /// 0 to `SCORE_ONE`.
    pub score: u32,
    /// By place in the probe.
    pub edges: Vec<Edge>,
}

/// Finds the alignment with the highest score, if that is at least `threshold`.
///
/// `edges` come sorted by probe, span, indexed; the result depends on nothing else.
pub fn align(
    edges: &[Edge],
    probe_weight: u32,
    indexed_weight: u32,
    costs: Costs,
    threshold: u32,
) -> Option<Alignment> {
    let score_of = |chosen: &[Edge]| score(chosen, probe_weight, indexed_weight, costs);
    let reached = |chosen: &[Edge], threshold: u32| {
        let total: i64 = chosen.iter().map(|edge| edge.gain(costs, threshold)).sum();
        total >= need(probe_weight, indexed_weight, costs, threshold)
    };
    if !may_reach(edges, probe_weight, indexed_weight, costs, threshold) {
        return None;
    }
    let mut search = Search::new(edges, costs);
    // INVARIANT: the score does not depend on the threshold, though branches run out; index and
    // exhaustive mode may ask with different ones.
    let start = if search.may_run_out() { 1 } else { threshold.max(1) };
    let mut chosen = search.solve(start);
    if chosen.is_empty() || !reached(&chosen, start) {
        return None;
    }
    // Dinkelbach's iteration over whole scores: ask for one more until nothing gives it.
    let mut best = score_of(&chosen);
    while best < SCORE_ONE {
        let better = search.solve(best + 1);
        if better.is_empty() || !reached(&better, best + 1) {
            break;
        }
        best = score_of(&better);
        chosen = better;
    }
    // INVARIANT: the alignment is a function of the best score alone, not of the threshold.
    let canonical = search.solve(best);
    if reached(&canonical, best) {
        chosen = canonical;
    }
    (best >= threshold).then_some(Alignment { score: best, edges: chosen })
}

/// A bound from the indexed side: each of its words is the first of one chosen edge at most.
///
/// It spares the search where many words of the probe want the same few indexed words.
fn may_reach(
    edges: &[Edge],
    probe_weight: u32,
    indexed_weight: u32,
    costs: Costs,
    threshold: u32,
) -> bool {
    let mut most = [0i64; TOKENS_MAX];
    for edge in edges {
        if let Some(best) = most.get_mut(usize::from(edge.indexed)) {
            *best = edge.gain(costs, threshold).max(*best);
        }
    }
    most.iter().sum::<i64>() >= need(probe_weight, indexed_weight, costs, threshold)
}

fn score(chosen: &[Edge], probe_weight: u32, indexed_weight: u32, costs: Costs) -> u32 {
    let (mut alike, mut paired, mut probe, mut indexed) = (0u64, 0u64, 0u64, 0u64);
    for edge in chosen {
        let both = u64::from(edge.probe_weight + edge.indexed_weight);
        alike += u64::from(edge.similarity) * both;
        paired += both;
        probe += u64::from(edge.probe_weight);
        indexed += u64::from(edge.indexed_weight);
    }
    let whole = 20 * paired
        + u64::from(costs.probe) * u64::from(probe_weight).saturating_sub(probe)
        + u64::from(costs.indexed) * u64::from(indexed_weight).saturating_sub(indexed);
    u32::try_from(320 * alike / whole.max(1)).unwrap_or(SCORE_ONE).min(SCORE_ONE)
}

struct Search<'a> {
    edges: &'a [Edge],
    costs: Costs,
    gains: Vec<i64>,
    /// For each place of the probe its first edge, and one past the last.
    first: [u16; TOKENS_MAX + 2],
    /// The most that the places from here on can add.
    rest: [i64; TOKENS_MAX + 2],
    best: i64,
    best_chosen: Vec<u16>,
    chosen: Vec<u16>,
    branches: u32,
}

impl<'a> Search<'a> {
    fn new(edges: &'a [Edge], costs: Costs) -> Search<'a> {
        let mut first = [0u16; TOKENS_MAX + 2];
        for (place, start) in first.iter_mut().enumerate() {
            *start = edges.partition_point(|edge| usize::from(edge.probe) < place) as u16;
        }
        Search {
            edges,
            costs,
            gains: vec![0; edges.len()],
            first,
            rest: [0; TOKENS_MAX + 2],
            best: 0,
            best_chosen: Vec::with_capacity(TOKENS_MAX),
            chosen: Vec::with_capacity(TOKENS_MAX),
            branches: 0,
        }
    }

    /// True if there are so many ways to meet that `BRANCHES_MAX` may cut the search short.
    fn may_run_out(&self) -> bool {
        let ways = (0..=TOKENS_MAX).fold(1u32, |ways, place| {
            let (start, end) = self.bounds(place);
            ways.saturating_mul(1 + (end - start) as u32)
        });
        ways > WAYS_MAX
    }

    /// The set of disjoint edges with the greatest total gain at a threshold.
    fn solve(&mut self, threshold: u32) -> Vec<Edge> {
        for (gain, edge) in self.gains.iter_mut().zip(self.edges) {
            *gain = edge.gain(self.costs, threshold);
        }
        self.rest = [0; TOKENS_MAX + 2];
        for place in (0..=TOKENS_MAX).rev() {
            let most = self.gains_at(place).iter().copied().max().unwrap_or(0).max(0);
            if let [here, next, ..] = self.rest.get_mut(place..).unwrap_or(&mut []) {
                *here = *next + most;
            }
        }
        self.best = 0;
        self.branches = 0;
        self.best_chosen.clear();
        self.chosen.clear();
        self.branch(0, 0, 0, 0);
        self.best_chosen.iter().filter_map(|&e| self.edges.get(usize::from(e))).copied().collect()
    }

    fn bounds(&self, place: usize) -> (usize, usize) {
        let start = self.first.get(place).copied().unwrap_or(0);
        let end = self.first.get(place + 1).copied().unwrap_or(start);
        (usize::from(start), usize::from(end))
    }

    fn gains_at(&self, place: usize) -> &[i64] {
        let (start, end) = self.bounds(place);
        self.gains.get(start..end).unwrap_or(&[])
    }

    fn branch(&mut self, place: usize, probe_used: u32, indexed_used: u32, total: i64) {
        self.branches += 1;
        if total > self.best {
            self.best = total;
            self.best_chosen.clone_from(&self.chosen);
        }
        let mut place = place;
        // Places without an edge decide nothing.
        while place <= TOKENS_MAX && self.gains_at(place).is_empty() {
            place += 1;
        }
        let rest = self.rest.get(place).copied().unwrap_or(0);
        if place > TOKENS_MAX || total + rest <= self.best || self.branches > BRANCHES_MAX {
            return;
        }
        let (start, end) = self.bounds(place);
        for number in start..end {
            let (Some(edge), Some(&gain)) = (self.edges.get(number), self.gains.get(number)) else {
                continue;
            };
            let (probe, indexed) = (edge.probe_bits(), edge.indexed_bits());
            if gain <= 0 || probe_used & probe != 0 || indexed_used & indexed != 0 {
                continue;
            }
            self.chosen.push(number as u16);
            self.branch(place + 1, probe_used | probe, indexed_used | indexed, total + gain);
            self.chosen.pop();
        }
        self.branch(place + 1, probe_used, indexed_used, total);
    }
}
