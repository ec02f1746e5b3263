//! Pages of the repository that cite pictures which are not there.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use super::inventory::Gap;
use crate::files::FileError;

/// Folders of others' files, or of what is made.
const LEFT_OUT: [&str; 3] = ["node_modules", "target", "vendor"];

static MARKDOWN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"!\[[^\]]*\]\(\s*<?([^)>\s]+)>?[^)]*\)|^\s*\[[^\]]+\]:\s*<?(\S+?)>?(?:\s.*)?$").ok());
static HTML: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"<(?:img|source)\b[^>]*?\bsrc(?:set)?\s*=\s*["']?([^"'\s>]+)"#).ok());

/// Every citation of a picture, in a Markdown or HTML file below this folder, that leads to no file.
///
/// # Errors
/// [`FileError`] where a page can't be read.
pub fn missing_pictures(root: &Path) -> Result<Vec<Gap>, FileError> {
    let mut pages = Vec::new();
    collect(root, &mut pages);
    pages.sort_unstable();
    let mut gaps = Vec::new();
    for page in pages {
        let bytes = crate::files::read(&page)?.unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let shown = page.strip_prefix(root).unwrap_or(&page).display().to_string();
        for (line, cited) in citations(&text, !is_markdown(&page)) {
            if !is_there(root, &page, &cited) {
                let place = format!("{shown}:{line}");
                gaps.push(Gap::NoPicture { place, cited });
            }
        }
    }
    Ok(gaps)
}

/// Folders that can't be read hold no pages that anybody reads.
fn collect(folder: &Path, pages: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let is_page = is_markdown(&path) || has_ending(&path, &["html", "htm"]);
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && !name.starts_with('.') && !LEFT_OUT.contains(&name.as_str()) => {
                collect(&path, pages);
            }
            Ok(kind) if kind.is_file() && is_page => pages.push(path),
            _ => {}
        }
    }
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    endings.contains(&ending.as_str())
}

fn is_markdown(path: &Path) -> bool {
    has_ending(path, &["md", "markdown"])
}

/// Pictures of the repository that a page cites, with their lines. What Markdown shows as code cites nothing.
fn citations(text: &str, is_html: bool) -> Vec<(usize, String)> {
    let (mut found, mut fence) = (Vec::new(), false);
    for (number, line) in (1..).zip(text.lines()) {
        let is_fence = !is_html && ["```", "~~~"].iter().any(|mark| line.trim_start().starts_with(mark));
        fence ^= is_fence;
        if fence || is_fence {
            continue;
        }
        let line = if is_html { line.to_owned() } else { without_code(line) };
        for pattern in [&MARKDOWN, &HTML]
            .into_iter()
            .skip(usize::from(is_html))
            .filter_map(|one| one.as_ref())
        {
            let cited = pattern
                .captures_iter(&line)
                .filter_map(|found| found.get(1).or(found.get(2)));
            found.extend(
                cited
                    .map(|cited| cited.as_str())
                    .filter(|cited| is_picture(cited))
                    .map(|cited| (number, cited.to_owned())),
            );
        }
    }
    found
}

fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

/// Whether it is a picture in the repository, and not one elsewhere, or one that a template names.
fn is_picture(cited: &str) -> bool {
    let path = cited.split(['?', '#']).next().unwrap_or_default();
    let is_elsewhere = cited.contains(':') || cited.starts_with("//") || cited.contains('{');
    !is_elsewhere && has_ending(Path::new(path), &["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"])
}

fn is_there(root: &Path, page: &Path, cited: &str) -> bool {
    let path = cited.split(['?', '#']).next().unwrap_or_default();
    let decoded: String = percent_decoded(path);
    let from = page.parent().unwrap_or(root);
    let candidates = [path, decoded.as_str()];
    candidates.iter().any(|path| match path.strip_prefix('/') {
        Some(below) => root.join(below).exists(),
        None => from.join(path).exists(),
    })
}

fn percent_decoded(path: &str) -> String {
    // A form's key is decoded as a path is, but for the plus sign.
    let escaped = path.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    url::form_urlencoded::parse(escaped.as_bytes())
        .map(|(key, _)| key.into_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_that_lead_nowhere_are_named_with_file_and_line() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("pictures/a b.png", "");
        write(
            "docs/a.md",
            "![there](../pictures/a%20b.png \"title\") ![from the root](</pictures/a%20b.png>)\n\n![gone](gone.png)\n\
             ```\n![code](code.png)\n```\n`![code](code.png)` ![web](https://example.org/x.png)\n[ref]: ref.svg\n<img alt='x' src=\"html.png?v=1\">\n",
        );
        write(
            "page.html",
            "<img src=\"{{ name }}.png\"><a href=\"x.png\"></a><img src='none.webp'>\n",
        );
        write("node_modules/x.md", "![gone](gone.png)");
        write(".git/x.md", "![gone](gone.png)");
        let found: Vec<_> = missing_pictures(folder.path())
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            found,
            [
                "docs/a.md:3: there is no picture gone.png",
                "docs/a.md:8: there is no picture ref.svg",
                "docs/a.md:9: there is no picture html.png?v=1",
                "page.html:1: there is no picture none.webp",
            ]
        );
    }
}
