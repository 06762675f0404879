//! Name matching for sanctions screening: folding, scoring, and a lossless memory-mapped index.

#[cfg(feature = "python")]
mod python;
