//! A read-only memory map of a file, and its bytes seen as integers. The one home of `unsafe`.
#![allow(unsafe_code)]

use std::fs::File;
use std::path::Path;

use memmap2::Mmap;

use crate::error::KernelError;

#[cfg(not(target_endian = "little"))]
compile_error!("index files are little-endian and read in place");

/// A mapped file.
pub struct Mapping(Mmap);

impl Mapping {
    /// Maps a file for reading.
    pub fn open(path: &Path) -> Result<Mapping, KernelError> {
        let file = File::open(path)?;
        if file.metadata()?.len() == 0 {
            return Err(KernelError::Damaged { what: "it is empty".to_owned() });
        }
        // SAFETY: the map is read-only, and our writer never changes an index file in place: it makes
        // a new file and renames it over the old one, whose pages stay as they were for who has
        // them mapped. That no other program writes into the file is required of the operator and
        // said in docs/design/matching.md.
        let mapping = unsafe { Mmap::map(&file) }?;
        Ok(Mapping(mapping))
    }

    /// The whole file.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Bytes as integers; empty if they are not aligned, which the writer prevents.
pub fn as_integers(bytes: &[u8]) -> &[u32] {
    // SAFETY: every bit pattern is a u32; align_to yields only the aligned middle.
    let (before, integers, after) = unsafe { bytes.align_to::<u32>() };
    if before.is_empty() && after.is_empty() {
        integers
    } else {
        &[]
    }
}
