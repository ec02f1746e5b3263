//! Files of `src/` import each other one way only: a cycle ties its files together, so that none can be read, tested or moved alone.
//!
//! A re-export (`pub use`) is followed to the file that has the item, so that a front door may re-export its room without being tied to it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// Cycles that are still there, as files below `src/`: this list may only become shorter.
const REMAINING: &[&[&str]] = &[];

/// Path of a module: `["suite", "plan"]`.
type Module = Vec<String>;

/// A file without comments, texts and tests.
struct Source {
    path: String,
    /// Without its `use` declarations.
    body: String,
    /// Private and re-exported paths, as they are written.
    uses: Vec<Use>,
    /// Modules that it declares.
    children: BTreeSet<String>,
}

struct Use {
    is_reexport: bool,
    path: Module,
    name: String,
}

#[test]
fn files_do_not_import_each_other_in_a_cycle() {
    let sources = sources(Path::new("src"));
    let imports = imports(&sources);
    let cycles: BTreeSet<BTreeSet<&str>> = cycles(&imports).into_iter().collect();
    let known: BTreeSet<BTreeSet<&str>> = REMAINING.iter().map(|files| files.iter().copied().collect()).collect();
    let new: Vec<String> = cycles.difference(&known).map(|files| shown(files, &imports)).collect();
    assert!(
        new.is_empty(),
        "these files import each other; move what they share into a file of its own:\n{}",
        new.join("\n")
    );
    let gone: Vec<_> = known.difference(&cycles).collect();
    assert!(
        gone.is_empty(),
        "these cycles are gone: take them out of REMAINING in {}\n{gone:#?}",
        file!()
    );
}

#[test]
fn a_cycle_is_found_through_uses_reexports_and_paths_in_code() {
    let file = |path: &str, text: &str| (module_of(Path::new(path)), source(path, text));
    let lib = ("lib.rs", "mod a; mod room; mod lone;");
    let a = ("a.rs", "use crate::room::Item;");
    let front = (
        "room/mod.rs",
        "//! use crate::a;\nmod item; mod other;\npub use item::Item;\n#[cfg(test)]\nmod tests { use crate::a; }",
    );
    let item = (
        "room/item.rs",
        "use super::other::{self, Other as Renamed};\npub struct Item;",
    );
    let back = (
        "room/other.rs",
        "fn f() -> &'static str { crate::a::f(); \"crate::lone\" }",
    );
    let files = [lib, a, front, item, back, ("lone.rs", "use crate::a::A;")];
    let sources = files.map(|(path, text)| file(path, text)).into();
    let imports = imports(&sources);
    assert_eq!(
        cycles(&imports),
        [BTreeSet::from(["a.rs", "room/item.rs", "room/other.rs"])]
    );
}

fn sources(root: &Path) -> BTreeMap<Module, Source> {
    let mut files = Vec::new();
    collect(root, &mut files);
    let read = |file: &PathBuf| {
        let path = file.strip_prefix(root).unwrap();
        let text = fs::read_to_string(file).unwrap();
        (module_of(path), source(path.to_str().unwrap(), &text))
    };
    let mut sources: BTreeMap<Module, Source> = files.iter().map(read).collect();
    // A module that only tests declare is not among the children of its parent.
    let is_declared = |module: &Module, sources: &BTreeMap<Module, Source>| {
        (0..module.len()).all(|depth| {
            let parent = sources.get(&module[..depth]);
            parent.is_some_and(|parent| parent.children.contains(&module[depth]))
        })
    };
    let tests: Vec<Module> = sources
        .keys()
        .filter(|module| !is_declared(module, &sources))
        .cloned()
        .collect();
    for module in tests {
        sources.remove(&module);
    }
    sources
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("main.rs") {
            files.push(path);
        }
    }
}

fn module_of(path: &Path) -> Module {
    let parts = path.with_extension("");
    let parts = parts.iter().map(|part| part.to_str().unwrap().to_owned());
    parts.filter(|part| part != "mod" && part != "lib").collect()
}

fn source(path: &str, text: &str) -> Source {
    let code = without_tests(&without_comments_and_texts(text));
    let declaration = regex(r"(?m)^\s*(?P<visible>pub(?:\([^)]*\))?\s+)?use\s+(?P<tree>[^;]+);");
    let mut uses = Vec::new();
    for found in declaration.captures_iter(&code) {
        let is_reexport = found.name("visible").is_some();
        flatten(&found["tree"], &mut Vec::new(), &mut |path, name| {
            uses.push(Use {
                is_reexport,
                path,
                name,
            });
        });
    }
    let child = regex(r"(?m)\bmod\s+(\w+)\s*;");
    Source {
        path: path.to_owned(),
        children: child.captures_iter(&code).map(|found| found[1].to_owned()).collect(),
        body: declaration.replace_all(&code, "").into_owned(),
        uses,
    }
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap()
}

fn without_comments_and_texts(text: &str) -> String {
    let pattern = r##"(?s)//[^\n]*|/\*.*?\*/|r#"[^"]*(?:"[^#"][^"]*)*"#|"(?:[^"\\]|\\.)*"|'(?:"|\\.)'"##;
    regex(pattern).replace_all(text, "").into_owned()
}

/// Without modules and uses that only tests have.
fn without_tests(code: &str) -> String {
    let attribute = "#[cfg(test)]";
    let mut kept = String::new();
    let mut rest = code;
    while let Some(at) = rest.find(attribute) {
        kept.push_str(&rest[..at]);
        rest = end_of_item(&rest[at + attribute.len()..]);
    }
    kept + rest
}

/// What follows the next item, which ends with a semicolon or with its last brace.
fn end_of_item(code: &str) -> &str {
    let mut depth = 0;
    for (at, letter) in code.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 && matches!(letter, ';' | '}') {
            return &code[at + 1..];
        }
    }
    ""
}

/// The paths of a `use`, with the name that each brings in.
fn flatten(tree: &str, prefix: &mut Module, add: &mut impl FnMut(Module, String)) {
    let tree = tree.trim();
    if let Some((head, group)) = tree.split_once('{') {
        let parts: Vec<_> = segments(head);
        let depth = prefix.len();
        prefix.extend(parts);
        for branch in branches(group.strip_suffix('}').unwrap_or(group)) {
            flatten(branch, prefix, add);
        }
        prefix.truncate(depth);
    } else if !tree.is_empty() {
        let (path, renamed) = tree
            .split_once(" as ")
            .map_or((tree, None), |(path, name)| (path, Some(name.trim())));
        let mut whole = prefix.clone();
        whole.extend(segments(path));
        if whole.len() > 1 && whole.last().is_some_and(|last| last == "self") {
            whole.pop();
        }
        let name = renamed.map_or_else(|| whole.last().cloned().unwrap_or_default(), str::to_owned);
        add(whole, name);
    }
}

fn segments(path: &str) -> Module {
    let parts = path.split("::").map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The parts of a group, which commas outside of inner groups divide.
fn branches(group: &str) -> Vec<&str> {
    let mut depth = 0;
    let at_comma = |letter: char| {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        depth == 0 && letter == ','
    };
    group.split(at_comma).collect()
}

/// Which files each file imports from.
fn imports(sources: &BTreeMap<Module, Source>) -> BTreeMap<&str, BTreeSet<&str>> {
    let word = regex(r"\w+");
    let inline = regex(r"(?:^|[^:\w])(\w+(?:::\w+)+)");
    let mut imports = BTreeMap::new();
    for (module, source) in sources {
        let words: BTreeSet<&str> = word.find_iter(&source.body).map(|found| found.as_str()).collect();
        let mut targets = BTreeSet::new();
        for one in &source.uses {
            if !one.is_reexport || words.contains(one.name.as_str()) {
                targets.extend(resolve(module, &one.path, sources));
            }
        }
        for found in inline.captures_iter(&source.body) {
            targets.extend(resolve(module, &segments(&found[1]), sources));
        }
        targets.remove(source.path.as_str());
        imports.insert(source.path.as_str(), targets);
    }
    imports
}

/// The file that has what a path names, if it is one of ours.
fn resolve<'a>(from: &[String], path: &[String], sources: &'a BTreeMap<Module, Source>) -> Option<&'a str> {
    let mut at: Module = match path.first()?.as_str() {
        "crate" => Vec::new(),
        first if first == "self" || first == "super" || sources.get(from)?.children.contains(first) => from.to_vec(),
        _ => return None,
    };
    for (index, part) in path.iter().enumerate() {
        let source = sources.get(&at)?;
        match part.as_str() {
            "crate" | "self" => {}
            "super" => drop(at.pop()),
            child if source.children.contains(child) => at.push(child.to_owned()),
            item => {
                let reexport = source.uses.iter().find(|one| one.is_reexport && one.name == item);
                let Some(reexport) = reexport else { break };
                let whole = [reexport.path.as_slice(), &path[index + 1..]].concat();
                return resolve(&at, &whole, sources).or(Some(&source.path));
            }
        }
    }
    sources.get(&at).map(|source| source.path.as_str())
}

/// Files that can be reached from each other.
fn cycles<'a>(imports: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> Vec<BTreeSet<&'a str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        imports.keys().map(|file| (*file, reachable(file, imports))).collect();
    let mut cycles: Vec<BTreeSet<&str>> = Vec::new();
    for (file, targets) in &reached {
        let cycle: BTreeSet<&str> = targets
            .iter()
            .copied()
            .filter(|target| reached[target].contains(file))
            .collect();
        if !cycle.is_empty() && !cycles.contains(&cycle) {
            cycles.push(cycle);
        }
    }
    cycles
}

fn reachable<'a>(file: &str, imports: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = imports[file].iter().copied().collect();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(&imports[next]);
        }
    }
    reached
}

/// A cycle with the imports in it.
fn shown(files: &BTreeSet<&str>, imports: &BTreeMap<&str, BTreeSet<&str>>) -> String {
    let lines = files.iter().map(|file| {
        let inside: Vec<_> = imports[file].intersection(files).copied().collect();
        format!("  {file} imports {}", inside.join(", "))
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}
