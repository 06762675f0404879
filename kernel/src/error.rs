//! What can go wrong in the kernel.

use std::fmt;

/// Why no answer could be given.
#[derive(Debug)]
pub enum KernelError {
    /// The file cannot be read or written.
    Io(std::io::Error),
    /// The index file is not what it should be.
    Damaged {
        /// How it shows.
        what: String,
    },
    /// The index file has another layout.
    OtherVersion {
        /// The version in the file.
        found: u32,
        /// The version that this kernel reads.
        expected: u32,
    },
    /// The index was built with other tables, so its words weigh otherwise.
    OtherTables,
    /// More than an index can hold.
    TooMany {
        /// Of what.
        what: &'static str,
    },
}

impl fmt::Display for KernelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KernelError::Io(error) => write!(f, "the index file cannot be used: {error}"),
            KernelError::Damaged { what } => write!(f, "the index file is damaged: {what}"),
            KernelError::OtherVersion { found, expected } => {
                write!(f, "the index file has layout {found}, this program reads {expected}")
            }
            KernelError::OtherTables => {
                write!(f, "the index file was built with other word tables than this program has")
            }
            KernelError::TooMany { what } => write!(f, "too many {what} for one index"),
        }
    }
}

impl std::error::Error for KernelError {}

impl From<std::io::Error> for KernelError {
    fn from(error: std::io::Error) -> KernelError {
        KernelError::Io(error)
    }
}

/// Why JSON has no canonical form.
#[derive(Debug, PartialEq, Eq)]
pub enum Uncanonical {
    /// It is no JSON in UTF-8.
    Malformed {
        /// How it shows.
        what: &'static str,
        /// Where, in bytes from the beginning.
        byte: usize,
    },
    /// Two readers may take the number for different ones.
    Number(String),
    /// RFC 8785 sorts such a name by the halves of its letters, which few writers do.
    Name(String),
}

impl Uncanonical {
    /// What whoever wrote the JSON can do.
    pub fn remedy(&self) -> &'static str {
        match self {
            Uncanonical::Malformed { .. } => "give one JSON value in UTF-8",
            Uncanonical::Number(_) => "write it in quotation marks",
            Uncanonical::Name(_) => "name fields in common letters",
        }
    }
}

impl fmt::Display for Uncanonical {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Uncanonical::Malformed { what, byte } => {
                write!(f, "this cannot go on record: {what} (byte {byte})")
            }
            Uncanonical::Number(number) => {
                write!(f, "`{number}` is beyond what readers of JSON agree upon")
            }
            Uncanonical::Name(name) => {
                write!(f, "the field `{name}` has a name with letters beyond U+FFFF")
            }
        }
    }
}

impl std::error::Error for Uncanonical {}
