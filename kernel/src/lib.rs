//! Name matching for sanctions screening: folding, scoring, and a lossless memory-mapped index;
//! and the canonical form of JSON for the record.
#![deny(unsafe_code)]

pub mod align;
pub mod birth;
pub mod canonical;
pub mod edit;
pub mod error;
pub mod explain;
pub mod fold;
pub mod index;
pub mod letters;
pub mod mmap;
pub mod name;
pub mod phonetic;
pub mod pool;
pub mod romanise;
pub mod score;
pub mod script;
pub mod similarity;
pub mod skeleton;
pub mod tables;

#[cfg(feature = "python")]
mod python;
