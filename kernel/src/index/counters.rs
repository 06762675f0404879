//! Counts of the work that searches do, the same on every machine.

/// How much work a search did.
#[derive(Clone, Copy, Default, Debug)]
pub struct Counters {
    /// Readings searched.
    pub probes: u64,
    /// Words whose postings were opened.
    pub opened: u64,
    /// Rows considered.
    pub candidates: u64,
    /// Rows left after the bounds on their words.
    pub bounded: u64,
    /// Rows aligned.
    pub aligned: u64,
}

impl std::ops::Add for Counters {
    type Output = Counters;

    fn add(self, other: Counters) -> Counters {
        Counters {
            probes: self.probes + other.probes,
            opened: self.opened + other.opened,
            candidates: self.candidates + other.candidates,
            bounded: self.bounded + other.bounded,
            aligned: self.aligned + other.aligned,
        }
    }
}
