//! The lexical tables of the kernel: what words mean beside their letters.
//!
//! They are part of the score's definition; their hash stands in every index and answer.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use crate::fold::fold;
use crate::letters::{Letters, WordMap};

const GIVEN_NAMES: &str = include_str!("../data/given-names.txt");
const LEGAL_FORMS: &str = include_str!("../data/legal-forms.txt");
const ORG_WORDS: &str = include_str!("../data/org-words.txt");
const TITLES: &str = include_str!("../data/titles.txt");
const NUMBERS: &str = include_str!("../data/numbers.txt");
const WEIGHTS: &str = include_str!("../data/weights.txt");

/// One, for similarities and weights.
pub const ONE: u32 = 4096;
/// Likeness of two variants of one given name (Bill, William).
pub const VARIANT_GIVEN: u32 = 3686;
/// Likeness of forms of one name in several languages (John, Ivan).
pub const VARIANT_INTERNATIONAL: u32 = 3072;
/// Likeness of romanisations of one name (Lee, Ri).
pub const VARIANT_ROMANISED: u32 = 3604;
/// Likeness of words for one thing (Bank, Banco).
pub const VARIANT_WORD: u32 = 3850;
/// Words in the longest legal form.
pub const FORM_WORDS_MAX: usize = 8;
const WEIGHT_INITIAL: u32 = 1024;
const WEIGHT_TITLE: u32 = 490;
const WEIGHT_PARTICLE: u32 = 490;

/// The class of a legal form, counted from zero in the order of the table.
pub type LegalClass = u8;

/// Everything the tables say.
pub struct Tables {
    groups: Vec<(u32, Vec<Letters>)>,
    groups_by_word: WordMap<Letters, Vec<u32>>,
    forms: WordMap<Vec<Letters>, LegalClass>,
    form_heads: WordMap<Letters, usize>,
    legal_class_names: Vec<String>,
    particles: WordMap<Letters, ()>,
    weights: WordMap<Letters, u16>,
    numbers: WordMap<Letters, Letters>,
    /// Of all tables, hexadecimal; names the definition in every answer.
    pub sha256: String,
    /// Of the weight table alone, hexadecimal.
    pub weights_sha256: String,
}

/// The tables compiled into this kernel.
pub static TABLES: LazyLock<Tables> = LazyLock::new(Tables::load);

impl Tables {
    fn load() -> Tables {
        let mut tables = Tables {
            groups: Vec::new(),
            groups_by_word: WordMap::default(),
            forms: WordMap::default(),
            form_heads: WordMap::default(),
            legal_class_names: Vec::new(),
            particles: WordMap::default(),
            weights: WordMap::default(),
            numbers: WordMap::default(),
            sha256: digest(&[GIVEN_NAMES, LEGAL_FORMS, ORG_WORDS, TITLES, NUMBERS, WEIGHTS]),
            weights_sha256: digest(&[WEIGHTS]),
        };
        tables.load_weights();
        tables.load_groups();
        tables.load_legal_forms();
        tables.load_numbers();
        tables
    }

    fn load_weights(&mut self) {
        for line in lines(WEIGHTS) {
            if let Some((word, weight)) = line.split_once(' ') {
                if let Ok(weight) = weight.trim().parse::<u16>() {
                    self.weights.insert(letters(word), weight);
                }
            }
        }
        for (section, line) in sections(TITLES) {
            for word in line.split_whitespace().map(letters) {
                let weight = match section {
                    "title" => WEIGHT_TITLE,
                    "particle" => WEIGHT_PARTICLE,
                    _ => continue,
                };
                if section == "particle" {
                    self.particles.insert(word, ());
                }
                self.weights.insert(word, weight as u16);
            }
        }
    }

    fn load_groups(&mut self) {
        for (section, line) in sections(GIVEN_NAMES) {
            let strength = match section {
                "international" => VARIANT_INTERNATIONAL,
                "romanisation" => VARIANT_ROMANISED,
                _ => VARIANT_GIVEN,
            };
            self.add_group(strength, line);
        }
        for line in lines(ORG_WORDS) {
            if let Some((_, words)) = line.split_once(':') {
                self.add_group(VARIANT_WORD, words);
            }
        }
    }

    fn add_group(&mut self, strength: u32, words: &str) {
        let number = self.groups.len() as u32;
        let members: Vec<Letters> = words.split_whitespace().map(letters).collect();
        for &member in &members {
            self.groups_by_word.entry(member).or_default().push(number);
        }
        self.groups.push((strength, members));
    }

    fn load_legal_forms(&mut self) {
        for line in lines(LEGAL_FORMS) {
            let Some((class, forms)) = line.split_once(':') else {
                continue;
            };
            // A weak class names a descriptive word (company, group): it stays a word.
            if class.starts_with('~') {
                continue;
            }
            let number = self.legal_class_names.len() as LegalClass;
            self.legal_class_names.push(class.trim().to_owned());
            for form in forms.split(';') {
                let words: Vec<Letters> = fold(form)
                    .readings
                    .into_iter()
                    .next()
                    .unwrap_or_default()
                    .into_iter()
                    .map(|word| word.letters)
                    .collect();
                if let Some(&head) = words.first() {
                    let longest = self.form_heads.entry(head).or_default();
                    *longest = (*longest).max(words.len());
                    self.forms.entry(words).or_insert(number);
                }
            }
        }
    }

    fn load_numbers(&mut self) {
        for line in lines(NUMBERS) {
            if let Some((value, words)) = line.split_once(':') {
                for word in words.split_whitespace() {
                    self.numbers.insert(letters(word), letters(value.trim()));
                }
            }
        }
    }

    /// The weight of a word, 0 to `ONE`; a word never seen weighs `ONE`.
    pub fn weight(&self, word: &Letters) -> u32 {
        match self.weights.get(word) {
            Some(&weight) => u32::from(weight),
            None if word.len() == 1 => WEIGHT_INITIAL,
            None => ONE,
        }
    }

    /// True for al, bin, van and their like.
    pub fn is_particle(&self, word: &Letters) -> bool {
        self.particles.contains_key(word)
    }

    /// The digits of a number word (three, iii, 3rd), if it is one.
    pub fn number(&self, word: &Letters) -> Option<Letters> {
        self.numbers.get(word).copied()
    }

    /// How alike two different words are by meaning; 0 if no table joins them.
    pub fn variant_similarity(&self, one: &Letters, other: &Letters) -> u32 {
        let (Some(first), Some(second)) =
            (self.groups_by_word.get(one), self.groups_by_word.get(other))
        else {
            return 0;
        };
        let shared = first.iter().filter(|group| second.contains(group));
        shared.filter_map(|&group| self.groups.get(group as usize)).map(|g| g.0).max().unwrap_or(0)
    }

    /// True if any table joins the word to another.
    pub fn has_variants(&self, word: &Letters) -> bool {
        self.groups_by_word.contains_key(word)
    }

    /// Every word that a table joins to this one, with its likeness; a word may come twice.
    pub fn variants<'a>(&'a self, word: &Letters) -> impl Iterator<Item = (&'a Letters, u32)> {
        let groups = self.groups_by_word.get(word).map_or(&[][..], Vec::as_slice);
        groups
            .iter()
            .filter_map(|&group| self.groups.get(group as usize))
            .flat_map(|(strength, members)| members.iter().map(|member| (member, *strength)))
    }

    /// The longest legal form that begins a row of words: its class and length in words.
    pub fn legal_form(&self, words: &[Letters]) -> Option<(LegalClass, usize)> {
        let longest = *self.form_heads.get(words.first()?)?;
        (1..=longest.min(words.len()).min(FORM_WORDS_MAX)).rev().find_map(|length| {
            let class = self.forms.get(words.get(..length)?)?;
            Some((*class, length))
        })
    }

    /// The name of a class of legal forms.
    pub fn legal_class_name(&self, class: LegalClass) -> &str {
        self.legal_class_names.get(usize::from(class)).map_or("", String::as_str)
    }
}

fn digest(texts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update(text.as_bytes());
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn letters(word: &str) -> Letters {
    Letters::new(word.as_bytes())
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#') && !line.starts_with("version:"))
}

/// Lines with the section that they stand in; the first section has no name.
fn sections(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut section = "";
    lines(text).filter_map(move |line| {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            return None;
        }
        Some((section, line))
    })
}
