//! The one door between Python and the kernel: batches in, batches out, the GIL released between.

use std::path::PathBuf;
use std::sync::Mutex;

use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::align::{Costs, SCORE_ONE};
use crate::birth::{compare_births, with_births, BirthEvidence};
use crate::canonical::canonical;
use crate::error::{KernelError, Uncanonical};
use crate::explain::explain;
use crate::index::build::{Builder, Record};
use crate::index::{Index, Query, Settings, CHUNK};
use crate::name::{analyse, Group};
use crate::pool;
use crate::score::Reason;
use crate::similarity::Likeness;
use crate::tables::{ONE, TABLES};

create_exception!(_kernel, IndexDamageError, PyException, "The index file cannot be used.");

impl From<KernelError> for PyErr {
    fn from(error: KernelError) -> PyErr {
        IndexDamageError::new_err(error.to_string())
    }
}

create_exception!(_kernel, UncanonicalError, PyException, "The JSON has no canonical form.");

impl From<Uncanonical> for PyErr {
    fn from(error: Uncanonical) -> PyErr {
        UncanonicalError::new_err((error.to_string(), error.remedy()))
    }
}

fn group(number: Option<u8>) -> PyResult<Option<Group>> {
    let Some(number) = number else {
        return Ok(None);
    };
    match Group::ALL.get(usize::from(number)) {
        Some(group) => Ok(Some(*group)),
        None => Err(PyValueError::new_err(format!("no group has the number {number}"))),
    }
}

type Births = Vec<(u32, u32)>;
type QueryTuple = (String, Option<u8>, Births);
type FoundTuple = (u32, u32, u32, u32, u8);
type AnswerTuple = (Vec<FoundTuple>, bool, bool);

/// Collects records and writes an index.
#[pyclass(name = "Builder", module = "article41.match._kernel")]
#[derive(Default)]
struct PyBuilder(Mutex<Option<Builder>>);

#[pymethods]
impl PyBuilder {
    #[new]
    fn new() -> PyBuilder {
        PyBuilder(Mutex::new(Some(Builder::default())))
    }

    /// Adds a record; gives the places of names that are cut, and of those without a legible letter.
    #[allow(clippy::too_many_arguments, reason = "one record, field by field")]
    fn add(
        &self,
        payload: Vec<u8>,
        group_number: Option<u8>,
        valid: (i32, i32),
        known: (i64, i64),
        births: Births,
        names: Vec<String>,
    ) -> PyResult<(Vec<u32>, Vec<u32>)> {
        let group = group(group_number)?;
        let record = Record { payload, group, valid, known, births, names };
        let mut builder = self.0.lock().map_err(|_| finished())?;
        let limits = builder.as_mut().ok_or_else(finished)?.add(&record)?;
        Ok((limits.cut, limits.empty))
    }

    fn finish(
        &self,
        py: Python<'_>,
        path: PathBuf,
        about: Vec<u8>,
    ) -> PyResult<(usize, usize, usize, usize, usize, usize, u64)> {
        let builder = self.0.lock().map_err(|_| finished())?.take().ok_or_else(finished)?;
        let built = py.detach(|| builder.finish(&path, &about))?;
        Ok((
            built.records,
            built.names,
            built.names_cut,
            built.names_empty,
            built.rows,
            built.tokens,
            built.bytes,
        ))
    }
}

fn finished() -> PyErr {
    PyValueError::new_err("this builder has been finished")
}

/// An open index file.
#[pyclass(name = "Index", module = "article41.match._kernel", frozen)]
struct PyIndex(Index);

#[pymethods]
impl PyIndex {
    #[staticmethod]
    fn open(path: PathBuf) -> PyResult<PyIndex> {
        Ok(PyIndex(Index::open(&path)?))
    }

    fn about<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.about())
    }

    fn payload<'py>(&self, py: Python<'py>, record: u32) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.payload(record))
    }

    fn verify(&self, py: Python<'_>) -> PyResult<()> {
        Ok(py.detach(|| self.0.verify())?)
    }

    fn counters(&self) -> (u64, u64, u64, u64, u64) {
        let counters = self.0.counters();
        (counters.probes, counters.opened, counters.candidates, counters.bounded, counters.aligned)
    }

    #[pyo3(signature = (queries, *, threshold, days, moment, exhaustive, reverse, cache, threads))]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments on the Python side")]
    fn search(
        &self,
        py: Python<'_>,
        queries: Vec<QueryTuple>,
        threshold: u32,
        days: (i32, i32),
        moment: Option<i64>,
        exhaustive: bool,
        reverse: bool,
        cache: bool,
        threads: usize,
    ) -> PyResult<Vec<AnswerTuple>> {
        let settings = Settings {
            threshold: threshold.clamp(1, SCORE_ONE),
            days,
            moment,
            is_exhaustive: exhaustive,
            is_reverse: reverse,
            use_cache: cache,
        };
        let queries = queries
            .into_iter()
            .map(|(name, number, births)| Ok(Query { name, group: group(number)?, births }))
            .collect::<PyResult<Vec<Query>>>()?;
        let answers = py.detach(|| {
            let pool = if queries.len() > CHUNK { pool::of_threads(threads) } else { None };
            match pool {
                Some(pool) => pool.install(|| self.0.search(&queries, settings)),
                None => self.0.search_alone(&queries, settings),
            }
        })?;
        let tuple = |found: crate::index::Found| {
            (found.record, found.name, found.score, found.name_score, found.births as u8)
        };
        Ok(answers
            .into_iter()
            .map(|answer| {
                let found = answer.found.into_iter().map(tuple).collect();
                (found, answer.is_cut, answer.is_empty)
            })
            .collect())
    }
}

type NameTuple = (String, Option<u8>, Births);

/// Scores pairs of a query and a listed party by their names and dates of birth, 0 to `SCORE_ONE`.
#[pyfunction]
fn compare(py: Python<'_>, pairs: Vec<(NameTuple, NameTuple)>) -> PyResult<Vec<u32>> {
    let score =
        |((query, query_group, born), (listed, listed_group, births)): &(NameTuple, NameTuple)| {
            let explanation =
                explain(query, group(*query_group)?, listed, group(*listed_group)?, Costs::FORWARD);
            let flat: Vec<u32> = births.iter().flat_map(|&(first, last)| [first, last]).collect();
            let evidence = compare_births(born, &flat);
            Ok(explanation.map_or(0, |found| with_births(found.resemblance.score, evidence)))
        };
    py.detach(|| pairs.iter().map(score).collect())
}

type PairTuple = (String, String, u32, u32, u8);
type ExplanationTuple = (
    u32,
    u32,
    Vec<PairTuple>,
    Vec<(String, u32)>,
    Vec<(String, u32)>,
    Vec<(u8, u32)>,
    (String, String),
);

/// The evidence for one pair of names: score, score of the alignment, pairs of words, words left
/// over on each side, what lowered the score, and the legal forms.
#[pyfunction]
#[pyo3(name = "explain", signature = (query, query_group, listed, listed_group, *, reverse))]
fn explain_names(
    query: &str,
    query_group: Option<u8>,
    listed: &str,
    listed_group: Option<u8>,
    reverse: bool,
) -> PyResult<Option<ExplanationTuple>> {
    let costs = if reverse { Costs::REVERSE } else { Costs::FORWARD };
    let found = explain(query, group(query_group)?, listed, group(listed_group)?, costs);
    Ok(found.map(|found| {
        let pairs = found.pairs().into_iter();
        let (probe_form, indexed_form) = found.legal_forms();
        (
            found.resemblance.score,
            found.resemblance.alignment.score,
            pairs.map(|p| (p.probe, p.indexed, p.similarity, p.weight, p.likeness as u8)).collect(),
            found.probe_left_over(),
            found.indexed_left_over(),
            found.resemblance.factors.iter().map(|f| (f.reason as u8, f.factor)).collect(),
            (probe_form.to_owned(), indexed_form.to_owned()),
        )
    }))
}

type TokenTuple = (String, bool, u32);
type ReadingTuple = (Vec<TokenTuple>, Option<u8>, u8);

/// How a name is read: for each reading its words (letters, romanised, weight), legal form, group.
#[pyfunction]
fn read_name(text: &str, group_number: Option<u8>) -> PyResult<Vec<ReadingTuple>> {
    let name = analyse(text, group(group_number)?);
    let token = |token: &crate::name::Token| {
        (token.key.letters.as_str().to_owned(), token.key.is_romanised, token.weight)
    };
    Ok(name
        .readings
        .iter()
        .map(|r| (r.tokens.iter().map(token).collect(), r.legal, r.group as u8))
        .collect())
}

/// The likeness that the tables alone give two words, 0 to `ONE`.
#[pyfunction]
fn variant_similarity(one: &str, other: &str) -> u32 {
    let letters = |word: &str| crate::letters::Letters::new(word.as_bytes());
    TABLES.variant_similarity(&letters(one), &letters(other))
}

/// The canonical form of one JSON value (RFC 8785).
#[pyfunction]
#[pyo3(signature = (data, *, within))]
fn canonical_json<'py>(
    py: Python<'py>,
    data: &[u8],
    within: usize,
) -> PyResult<Bound<'py, PyBytes>> {
    Ok(PyBytes::new(py, &canonical(data, within)?))
}

/// The compiled half of `article41.match`.
#[pymodule]
fn _kernel(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("SCORE_ONE", SCORE_ONE)?;
    module.add("ONE", ONE)?;
    module.add("TABLES_SHA256", TABLES.sha256.as_str())?;
    module.add("WEIGHTS_SHA256", TABLES.weights_sha256.as_str())?;
    module.add("LIKENESSES", PyTuple::new(module.py(), Likeness::SLUGS)?)?;
    module.add("LOWERINGS", PyTuple::new(module.py(), Reason::SLUGS)?)?;
    module.add("BIRTH_EVIDENCES", PyTuple::new(module.py(), BirthEvidence::SLUGS)?)?;
    module.add("IndexDamageError", module.py().get_type::<IndexDamageError>())?;
    module.add("UncanonicalError", module.py().get_type::<UncanonicalError>())?;
    module.add_class::<PyBuilder>()?;
    module.add_class::<PyIndex>()?;
    module.add_function(wrap_pyfunction!(canonical_json, module)?)?;
    module.add_function(wrap_pyfunction!(compare, module)?)?;
    module.add_function(wrap_pyfunction!(explain_names, module)?)?;
    module.add_function(wrap_pyfunction!(read_name, module)?)?;
    module.add_function(wrap_pyfunction!(variant_similarity, module)?)?;
    Ok(())
}
