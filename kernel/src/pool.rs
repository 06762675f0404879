//! Threads that share a batch. A forked child has none of its parent's and would wait for them for ever, so
//! each process has a pool of its own.

use std::mem;
use std::process;
use std::sync::{Arc, Mutex, TryLockError};

use rayon::{ThreadPool, ThreadPoolBuilder};

/// The pool of all cores, with the process that its threads run in.
static OWN: Mutex<Option<(u32, Arc<ThreadPool>)>> = Mutex::new(None);

/// A pool of so many threads, 0 for one a core; none where the calling thread is to work alone.
pub fn of_threads(threads: usize) -> Option<Arc<ThreadPool>> {
    match threads {
        0 => of_all_cores(),
        1 => None,
        _ => ThreadPoolBuilder::new().num_threads(threads).build().ok().map(Arc::new),
    }
}

fn of_all_cores() -> Option<Arc<ThreadPool>> {
    // Nobody waits for the lock: if the fork came while another thread held it, it stays locked.
    let mut own = match OWN.try_lock() {
        Ok(own) => own,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => return None,
    };
    let here = process::id();
    if let Some((_, pool)) = own.as_ref().filter(|(process, _)| *process == here) {
        return Some(Arc::clone(pool));
    }
    let pool = Arc::new(ThreadPoolBuilder::new().build().ok()?);
    // The parent's pool is left as it is: its threads are not here to be told to end.
    mem::forget(own.replace((here, Arc::clone(&pool))));
    Some(pool)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_process_has_one_pool_of_all_cores() {
        let threads = [of_threads(0), of_threads(0), of_threads(2)]
            .map(|pool| pool.map(|pool| (Arc::as_ptr(&pool), pool.current_num_threads())));

        assert_eq!(threads[0], threads[1]);
        assert_ne!(threads[0], threads[2]);
        assert_eq!(threads[2].map(|(_, count)| count), Some(2));
        assert!(of_threads(1).is_none());
    }
}
