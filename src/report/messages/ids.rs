//! Names of what messages refer to.

/// Counts, so that the same record gives the same stream.
#[derive(Default)]
pub(crate) struct Ids(usize);

impl Ids {
    /// The next one.
    pub(crate) fn next(&mut self) -> String {
        self.0 += 1;
        self.0.to_string()
    }
}
