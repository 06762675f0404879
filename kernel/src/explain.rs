//! Why two names resemble each other: the winning readings, word by word.

use crate::align::{Costs, Edge, Span};
use crate::name::{analyse, Group, Reading};
use crate::score::{resemble, Resemblance};
use crate::similarity::Likeness;
use crate::tables::TABLES;

/// Two readings, how they resemble each other, and what was left over.
pub struct Explanation {
    /// The reading of the probe that scored highest.
    pub probe: Reading,
    /// The reading of the indexed name that scored highest.
    pub indexed: Reading,
    /// Their score and its evidence.
    pub resemblance: Resemblance,
}

/// Words that met, each side written with blanks.
pub struct Pair {
    /// Of the probe.
    pub probe: String,
    /// Of the indexed name.
    pub indexed: String,
    /// 0 to `ONE`.
    pub similarity: u32,
    /// Weight of both, 0 to twice `ONE`.
    pub weight: u32,
    /// Why they are alike.
    pub likeness: Likeness,
}

/// A word that met none, with its weight.
pub type LeftOver = (String, u32);

/// Explains the best resemblance of two names; absent if they have nothing in common.
pub fn explain(
    probe: &str,
    probe_group: Option<Group>,
    indexed: &str,
    indexed_group: Option<Group>,
    costs: Costs,
) -> Option<Explanation> {
    let (probe, indexed) = (analyse(probe, probe_group), analyse(indexed, indexed_group));
    let mut best: Option<Explanation> = None;
    for one in &probe.readings {
        for other in &indexed.readings {
            let least = best.as_ref().map_or(1, |best| best.resemblance.score + 1);
            if let Some(resemblance) = resemble(one, other, costs, least) {
                let (probe, indexed) = (one.clone(), other.clone());
                best = Some(Explanation { probe, indexed, resemblance });
            }
        }
    }
    best
}

impl Explanation {
    /// The words that met.
    pub fn pairs(&self) -> Vec<Pair> {
        self.resemblance.alignment.edges.iter().map(|edge| self.pair(edge)).collect()
    }

    fn pair(&self, edge: &Edge) -> Pair {
        let (probe_words, indexed_words) = words_of(edge);
        Pair {
            probe: written(&self.probe, edge.probe, probe_words),
            indexed: written(&self.indexed, edge.indexed, indexed_words),
            similarity: edge.similarity,
            weight: edge.probe_weight + edge.indexed_weight,
            likeness: edge.likeness,
        }
    }

    /// Words of the probe that met none.
    pub fn probe_left_over(&self) -> Vec<LeftOver> {
        let met = self.resemblance.alignment.edges.iter().map(|e| (e.probe, words_of(e).0));
        left_over(&self.probe, met)
    }

    /// Words of the indexed name that met none.
    pub fn indexed_left_over(&self) -> Vec<LeftOver> {
        let met = self.resemblance.alignment.edges.iter().map(|e| (e.indexed, words_of(e).1));
        left_over(&self.indexed, met)
    }

    /// The legal forms of both sides, empty where there is none.
    pub fn legal_forms(&self) -> (&str, &str) {
        let name =
            |reading: &Reading| reading.legal.map_or("", |class| TABLES.legal_class_name(class));
        (name(&self.probe), name(&self.indexed))
    }
}

fn words_of(edge: &Edge) -> (u8, u8) {
    match edge.span {
        Span::Single => (1, 1),
        Span::IndexedPair => (1, 2),
        Span::ProbePair => (2, 1),
    }
}

fn written(reading: &Reading, first: u8, words: u8) -> String {
    let range = usize::from(first)..usize::from(first + words);
    let tokens = reading.tokens.get(range).unwrap_or(&[]);
    tokens.iter().map(|token| token.key.letters.as_str()).collect::<Vec<_>>().join(" ")
}

fn left_over(reading: &Reading, met: impl Iterator<Item = (u8, u8)>) -> Vec<LeftOver> {
    let met: Vec<usize> =
        met.flat_map(|(first, words)| usize::from(first)..usize::from(first + words)).collect();
    let tokens = reading.tokens.iter().enumerate();
    tokens
        .filter(|(place, _)| !met.contains(place))
        .map(|(_, token)| (token.key.letters.as_str().to_owned(), token.weight))
        .collect()
}
