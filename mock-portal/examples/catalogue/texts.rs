//! Finds the portal's texts where they stand: in the sources, and in the templates.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

/// A path below the portal's own folder.
pub fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// All files below `folder` with this extension.
pub fn files(folder: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, extension)?);
        } else if path.extension().is_some_and(|known| known == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The literals in `t("…")` and `with("…", …)`; a source's tests do not count.
pub fn texts(source: &str) -> BTreeSet<String> {
    let source = source.split("#[cfg(test)]").next().unwrap_or(source);
    let calls = ["t(", "page.with("];
    calls
        .iter()
        .flat_map(|call| source.match_indices(call).map(|(at, call)| at + call.len()))
        .filter_map(|at| {
            let is_word = |before: char| before.is_alphanumeric() || before == '_';
            let start = source[..at].rfind("t(").unwrap_or(at);
            let own_name = source[at - 2..at] != *"t(" || !source[..start].ends_with(is_word);
            let literal = source[at..].trim_start().strip_prefix('"').filter(|_| own_name)?;
            Some(literal[..literal.find('"')?].to_owned())
        })
        .collect()
}

/// Every text of the portal.
pub fn all_texts() -> io::Result<BTreeSet<String>> {
    let mut all = BTreeSet::new();
    for path in files(&here("src"), "rs")?
        .into_iter()
        .chain(files(&here("templates"), "html")?)
    {
        all.extend(texts(&fs::read_to_string(path)?));
    }
    Ok(all)
}
