//! Imports of the portal's sources: between its folders, and between their files, there is no cycle.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use crate::catalogue::texts::{files, here};

/// Which names a file or a folder has an import of.
type Imports = BTreeMap<String, BTreeSet<String>>;

/// A source without its comments and its tests, which may import what they want.
fn code(source: &str) -> String {
    let product = source.split("#[cfg(test)]\nmod tests").next().unwrap_or(source);
    let lines = product.lines().map(|line| line.split("//").next().unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

/// The paths of `tree`, which is what stands behind `use` or begins a path in an expression: `a::{b, c::d}` is `a::b`
/// and `a::c::d`.
fn paths(tree: &str) -> Vec<Vec<String>> {
    let tree = tree.trim_start();
    if let Some(group) = tree.strip_prefix('{') {
        return branches(group).into_iter().flat_map(paths).collect();
    }
    let end = tree
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(tree.len());
    let (name, rest) = tree.split_at(end);
    if name.is_empty() {
        return vec![vec![]];
    }
    let deeper = rest.strip_prefix("::").map_or_else(|| vec![vec![]], paths);
    deeper
        .into_iter()
        .map(|path| [vec![name.to_owned()], path].concat())
        .collect()
}

/// What stands between the commas of a group, whose opening brace is gone.
fn branches(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0_usize, 0, vec![]);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                found.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.retain(|branch| !branch.trim().is_empty());
    found
}

/// All paths in `code` that begin with `root::`.
fn paths_from(root: &str, code: &str) -> Vec<Vec<String>> {
    let is_part_of_name = |before: char| before.is_alphanumeric() || matches!(before, '_' | ':');
    code.match_indices(&format!("{root}::"))
        .filter(|(at, _)| !code[..*at].ends_with(is_part_of_name))
        .flat_map(|(at, found)| paths(&code[at + found.len()..]))
        .collect()
}

/// The sources by module: `web::page`, and `web` for `web/mod.rs`.
fn modules() -> BTreeMap<String, String> {
    let root = here("src");
    let name = |path: &Path| {
        let relative = path.strip_prefix(&root).unwrap().with_extension("");
        let parts: Vec<_> = relative.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        parts.join("::").trim_end_matches("::mod").to_owned()
    };
    let all = files(&root, "rs").unwrap().into_iter();
    let all = all.map(|path| (name(&path), code(&fs::read_to_string(path).unwrap())));
    // lib.rs only hands names on to other crates.
    all.filter(|(name, _)| name != "lib").collect()
}

/// The module that `path` leads to; a name that a front door hands on is followed to where it is defined.
fn target(modules: &BTreeMap<String, String>, path: &[String]) -> Option<String> {
    let deepest = (1..=path.len())
        .rev()
        .find(|end| modules.contains_key(&path[..*end].join("::")))?;
    let module = path[..deepest].join("::");
    let Some(name) = path.get(deepest) else {
        return Some(module);
    };
    let front_door = &modules[&module];
    let uses = front_door.match_indices("use ");
    let handed_on = uses.flat_map(|(at, found)| paths(&front_door[at + found.len()..]));
    let source = handed_on.into_iter().find(|handed| handed.last() == Some(name));
    let through = source.map(|source| [&path[..deepest], &source].concat());
    through
        .filter(|through| through.as_slice() != path)
        .and_then(|through| target(modules, &through))
        .or(Some(module))
}

/// What each file imports of the other files. Front doors, which hand on names and do nothing else, are followed.
fn imports_of_files() -> Imports {
    let modules = modules();
    let mut imports = Imports::new();
    for (module, code) in &modules {
        let parts: Vec<_> = module.split("::").map(str::to_owned).collect();
        let siblings = paths_from("super", code).into_iter();
        let siblings = siblings.map(|path| [&parts[..parts.len() - 1], &path].concat());
        let all = paths_from("crate", code).into_iter().chain(siblings);
        let targets: BTreeSet<_> = all
            .map(|path| {
                target(&modules, &path).unwrap_or_else(|| {
                    panic!("{module} imports {path:?} of lib.rs; import it from the room where it is defined")
                })
            })
            .filter(|target| target != module)
            .collect();
        imports.insert(module.clone(), targets);
    }
    imports
}

/// What each folder imports of the others; a file beside the folders counts as one.
fn imports_of_folders(files: &Imports) -> Imports {
    let folder = |module: &String| module.split("::").next().unwrap().to_owned();
    let mut imports = Imports::new();
    for (module, targets) in files {
        let from = folder(module);
        let targets = targets.iter().map(folder).filter(|target| *target != from);
        imports.entry(from.clone()).or_default().extend(targets);
    }
    imports
}

/// A cycle, if there is one: takes away what imports nothing that is left, and follows what remains.
fn cycle(mut imports: Imports) -> Option<String> {
    loop {
        let left: BTreeSet<_> = imports.keys().cloned().collect();
        let before = imports.len();
        imports.retain(|_, targets| {
            targets.retain(|target| left.contains(target));
            !targets.is_empty()
        });
        if imports.len() == before {
            break;
        }
    }
    let mut way = vec![imports.keys().next()?];
    loop {
        let next = imports[*way.last()?].first()?;
        if let Some(start) = way.iter().position(|known| *known == next) {
            let names: Vec<_> = way[start..].iter().chain([&next]).map(|name| name.as_str()).collect();
            return Some(names.join(" -> "));
        }
        way.push(next);
    }
}

#[test]
fn neither_folders_nor_files_import_each_other_in_a_cycle() {
    let files = imports_of_files();
    let folders = imports_of_folders(&files);
    assert!(
        folders["dashboard"].contains("web") && folders["web"].contains("state"),
        "{folders:?}"
    );
    assert_eq!(cycle(folders), None, "folders");
    assert_eq!(cycle(files), None, "files");
}

#[test]
fn features_know_web_and_web_knows_no_feature() {
    const FEATURES: [&str; 8] = [
        "accounts",
        "dashboard",
        "documents",
        "feedback",
        "language_choice",
        "mailbox",
        "pages",
        "pairing",
    ];
    let folders = imports_of_folders(&imports_of_files());
    for feature in FEATURES {
        assert!(folders[feature].contains("web"), "{feature}");
    }
    for shared in [
        "web", "state", "store", "widgets", "finance", "fixture", "language", "clock",
    ] {
        let features: Vec<_> = FEATURES
            .into_iter()
            .filter(|name| folders[shared].contains(*name))
            .collect();
        assert_eq!(features, [""; 0], "{shared} imports features");
    }
}

#[test]
fn no_two_types_share_a_name() {
    let mut known = BTreeMap::new();
    for (module, code) in modules() {
        for kind in ["struct ", "enum ", "trait "] {
            for (at, _) in code.match_indices(kind) {
                let name = paths(&code[at + kind.len()..]).concat().concat();
                let twice = known.insert(name.clone(), module.clone());
                assert_eq!(twice, None, "{module} has another {name}");
            }
        }
    }
    assert!(known.contains_key("AccessCode"), "{known:?}");
}

#[test]
fn imports_are_read_in_every_form() {
    let source = "use crate::{\n    a,\n    b::{self, c::D}, // crate::comment\n};\nfn f() -> crate::e::F { my_crate::g() }\n\
        #[cfg(test)]\nmod tests {\n    use crate::h;\n}\n";
    let found: Vec<_> = paths_from("crate", &code(source))
        .iter()
        .map(|path| path.join("::"))
        .collect();
    assert_eq!(found, ["a", "b::self", "b::c::D", "e::F"]);
}

#[test]
fn a_cycle_is_found_and_named() {
    let imports = |edges: &[(&str, &str)]| {
        let mut imports = Imports::new();
        for (from, to) in edges {
            imports.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        imports
    };
    assert_eq!(cycle(imports(&[("a", "b"), ("b", "c"), ("a", "c")])), None);
    let found = cycle(imports(&[("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")]));
    assert_eq!(found.as_deref(), Some("b -> c -> b"));
}
