//! The one door between Python and the kernel.

use pyo3::prelude::*;

/// The compiled half of `article41.match`.
#[pymodule]
fn _kernel(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
