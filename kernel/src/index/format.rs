//! The index file: a header, a directory of sections, and flat arrays of little-endian integers.
//!
//! Opening reads everything and compares it with its checksums: a section that was damaged since would
//! be searched like any other and answer that nothing resembles.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::xxh3_128;

use crate::error::KernelError;
use crate::mmap::{as_integers, Mapping};

/// First bytes of every index file.
pub const MAGIC: &[u8; 8] = b"A41INDEX";
/// Version of the layout; a file of another version is refused and built anew.
pub const FORMAT_VERSION: u32 = 2;
/// Length of the header: magic, version, number of sections, length of the file, checksum.
pub const HEADER_BYTES: usize = 64;
/// Length of an entry of the directory: start, length, checksum.
pub const ENTRY_BYTES: usize = 32;
const ALIGNMENT: usize = 64;

macro_rules! sections {
    ($($name:ident),+ $(,)?) => {
        /// What stands in each part of the file, in the order of the directory.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(usize)]
        #[allow(missing_docs)]
        pub enum Section { $($name),+ }

        impl Section {
            /// All sections.
            pub const ALL: &'static [Section] = &[$(Section::$name),+];
        }
    };
}

sections! {
    About, Tables,
    WordBytes, WordStarts, WordFirst, WordBags, WordBuckets, WordDeletes, WordFilter,
    SoundBytes, SoundStarts, SoundFirst, SoundBags, SoundBuckets, SoundDeletes, SoundFilter,
    SoundMemberStarts, SoundMembers,
    LatinKeyBytes, LatinKeyStarts, LatinKeyFirst, LatinKeyBags, LatinKeyBuckets, LatinKeyDeletes, LatinKeyFilter,
    LatinKeyMemberStarts, LatinKeyMembers,
    RomanKeyBytes, RomanKeyStarts, RomanKeyFirst, RomanKeyBags, RomanKeyBuckets, RomanKeyDeletes, RomanKeyFilter,
    RomanKeyMemberStarts, RomanKeyMembers,
    OtherBytes, OtherStarts, TokenInfo, TokenHash,
    RowStarts, RowTokens, RowWeights, RowTraits,
    PostingStarts, Postings,
    PairBuckets, PairHashes, PairRows, PairPlaces,
    BirthDays, BirthRows,
    OwnerStarts, Owners,
    RecordInfo, RecordBirthStarts, RecordBirths, PayloadStarts, Payloads,
}

/// Writes sections to a file that appears whole or not at all.
pub struct Writer {
    sections: Vec<(Section, Vec<u8>)>,
}

impl Writer {
    /// An empty file.
    pub fn new() -> Writer {
        Writer { sections: Vec::with_capacity(Section::ALL.len()) }
    }

    /// Adds bytes.
    pub fn bytes(&mut self, section: Section, bytes: Vec<u8>) {
        self.sections.push((section, bytes));
    }

    /// Adds an array of integers.
    pub fn integers(&mut self, section: Section, integers: &[u32]) {
        let mut bytes = Vec::with_capacity(4 * integers.len());
        for integer in integers {
            bytes.extend_from_slice(&integer.to_le_bytes());
        }
        self.bytes(section, bytes);
    }

    /// Adds integers to a section that was begun.
    pub fn extend_integers(&mut self, section: Section, integers: &[u32]) {
        if let Some((_, bytes)) = self.sections.iter_mut().find(|(begun, _)| *begun == section) {
            bytes.extend(integers.iter().flat_map(|integer| integer.to_le_bytes()));
        }
    }

    /// Writes beside the place, makes it durable, then swaps it in.
    pub fn write(mut self, path: &Path) -> Result<u64, KernelError> {
        let is_long = |(_, bytes): &(Section, Vec<u8>)| bytes.len() / 4 > u32::MAX as usize;
        if self.sections.iter().any(is_long) {
            return Err(KernelError::TooMany { what: "entries" });
        }
        self.sections.sort_by_key(|(section, _)| *section as usize);
        let (beside, file) = new_beside(path)?;
        let written = self.write_to(file).and_then(|length| {
            std::fs::rename(&beside, path)?;
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                File::open(folder)?.sync_all()?;
            }
            Ok(length)
        });
        if written.is_err() {
            // The half-written file is of no use; that it may be gone already is no new failure.
            let _ = std::fs::remove_file(&beside);
        }
        Ok(written?)
    }

    fn write_to(&self, file: File) -> io::Result<u64> {
        let directory_bytes = ENTRY_BYTES * Section::ALL.len();
        let mut directory = Vec::with_capacity(directory_bytes);
        let mut offset = aligned(HEADER_BYTES + directory_bytes);
        for (_, bytes) in &self.sections {
            directory.extend_from_slice(&(offset as u64).to_le_bytes());
            directory.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
            directory.extend_from_slice(&xxh3_128(bytes).to_le_bytes());
            offset = aligned(offset + bytes.len());
        }
        let mut header = Vec::with_capacity(HEADER_BYTES);
        header.extend_from_slice(MAGIC);
        header.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
        header.extend_from_slice(&(Section::ALL.len() as u32).to_le_bytes());
        header.extend_from_slice(&(offset as u64).to_le_bytes());
        header.extend_from_slice(&[0; 8]);
        header.extend_from_slice(&Sha256::digest([&header[..], &directory[..]].concat()));
        let mut file = BufWriter::new(file);
        file.write_all(&header)?;
        file.write_all(&directory)?;
        let mut place = HEADER_BYTES + directory.len();
        for (_, bytes) in &self.sections {
            file.write_all(&[0; ALIGNMENT][..aligned(place) - place])?;
            file.write_all(bytes)?;
            place = aligned(place) + bytes.len();
        }
        file.write_all(&[0; ALIGNMENT][..aligned(place) - place])?;
        file.flush()?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        Ok(offset as u64)
    }
}

impl Default for Writer {
    fn default() -> Writer {
        Writer::new()
    }
}

/// A new file beside a place. Its name is its own: numbers of processes are the same in every
/// container, and threads of one process have the same.
fn new_beside(path: &Path) -> io::Result<(PathBuf, File)> {
    static MADE: AtomicU64 = AtomicU64::new(0);
    loop {
        let moment = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        let turn = MADE.fetch_add(1, Ordering::Relaxed);
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".{}-{turn}-{moment}.new", std::process::id()));
        let beside = path.with_file_name(name);
        match File::options().write(true).create_new(true).open(&beside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            opened => return Ok((beside, opened?)),
        }
    }
}

fn aligned(offset: usize) -> usize {
    offset.div_ceil(ALIGNMENT) * ALIGNMENT
}

/// An index file opened for reading; all of it fitted its checksums.
pub struct Layout {
    mapping: Mapping,
    places: Vec<(usize, usize)>,
    checksums: Vec<u128>,
}

impl Layout {
    /// Maps a file and verifies it.
    pub fn open(path: &Path) -> Result<Layout, KernelError> {
        let layout = Layout::map(path)?;
        layout.verify()?;
        Ok(layout)
    }

    fn map(path: &Path) -> Result<Layout, KernelError> {
        let mapping = Mapping::open(path)?;
        let bytes = mapping.bytes();
        let header =
            bytes.get(..HEADER_BYTES).ok_or_else(|| damaged("it ends inside its header"))?;
        if !header.starts_with(MAGIC) {
            return Err(damaged("it does not begin like an index"));
        }
        let version = u32_at(header, 8);
        if version != FORMAT_VERSION {
            return Err(KernelError::OtherVersion { found: version, expected: FORMAT_VERSION });
        }
        let count = Section::ALL.len();
        let directory = bytes
            .get(HEADER_BYTES..HEADER_BYTES + ENTRY_BYTES * count)
            .ok_or_else(|| damaged("it ends inside its directory"))?;
        let is_whole = u32_at(header, 12) as usize == count
            && Sha256::digest([&header[..32], directory].concat())[..] == header[32..];
        if !is_whole {
            return Err(damaged("the checksum of its header does not fit"));
        }
        if u64_at(header, 16) != bytes.len() as u64 {
            return Err(damaged("its length is not the one it states"));
        }
        let mut places = Vec::with_capacity(count);
        let mut checksums = Vec::with_capacity(count);
        for entry in directory.chunks_exact(ENTRY_BYTES) {
            let (start, length) = (u64_at(entry, 0) as usize, u64_at(entry, 8) as usize);
            let end = start.checked_add(length).filter(|&end| end <= bytes.len());
            places.push((start, end.ok_or_else(|| damaged("a section lies beyond its end"))?));
            checksums.push(u128::from(u64_at(entry, 16)) | u128::from(u64_at(entry, 24)) << 64);
        }
        Ok(Layout { mapping, places, checksums })
    }

    /// Reads everything and compares each section with its checksum.
    pub fn verify(&self) -> Result<(), KernelError> {
        for (&section, &checksum) in Section::ALL.iter().zip(&self.checksums) {
            if xxh3_128(self.bytes(section)) != checksum {
                return Err(damaged(&format!(
                    "the checksum of its section {section:?} does not fit"
                )));
            }
        }
        let mut place = HEADER_BYTES + ENTRY_BYTES * Section::ALL.len();
        for &(start, end) in self.places.iter().chain([&(self.length(), 0)]) {
            let between = self.mapping.bytes().get(place..start).unwrap_or(&[]);
            if between.iter().any(|&byte| byte != 0) {
                return Err(damaged("it holds something between its sections"));
            }
            place = end;
        }
        Ok(())
    }

    /// The bytes of a section.
    pub fn bytes(&self, section: Section) -> &[u8] {
        let (start, end) = self.places.get(section as usize).copied().unwrap_or((0, 0));
        self.mapping.bytes().get(start..end).unwrap_or(&[])
    }

    /// The integers of a section.
    pub fn integers(&self, section: Section) -> &[u32] {
        as_integers(self.bytes(section))
    }

    /// Length of the file in bytes.
    pub fn length(&self) -> usize {
        self.mapping.bytes().len()
    }
}

fn damaged(what: &str) -> KernelError {
    KernelError::Damaged { what: what.to_owned() }
}

fn u32_at(bytes: &[u8], place: usize) -> u32 {
    bytes.get(place..place + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], place: usize) -> u64 {
    bytes
        .get(place..place + 8)
        .and_then(|eight| eight.try_into().ok())
        .map_or(0, u64::from_le_bytes)
}
