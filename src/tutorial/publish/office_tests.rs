//! What slides and handout are made of, as a strict reader of ZIP and XML finds it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use roxmltree::Document;
use zip::ZipArchive;

use super::tests::{published_as, tutorial};
use super::{Format, Manifest};

/// The parts of a package by their names.
fn parts(package: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(fs::read(package).unwrap())).unwrap();
    let names: Vec<_> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut read = |name: String| {
        let mut bytes = Vec::new();
        archive.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
        (name, bytes)
    };
    names.into_iter().map(&mut read).collect()
}

fn is_xml(name: &str) -> bool {
    let ending = Path::new(name).extension();
    ending.is_some_and(|ending| ending == "xml" || ending == "rels")
}

/// Every text and every attribute of the parts.
fn texts(parts: &BTreeMap<String, Vec<u8>>) -> String {
    let xml = parts.iter().filter(|(name, _)| is_xml(name));
    let texts = xml.flat_map(|(_, bytes)| {
        let document = Document::parse(std::str::from_utf8(bytes).unwrap()).unwrap();
        let nodes = document.descendants().flat_map(|node| {
            let attributes = node.attributes().map(|attribute| attribute.value().to_owned());
            attributes.chain(node.text().map(str::to_owned)).collect::<Vec<_>>()
        });
        nodes.collect::<Vec<_>>()
    });
    texts.collect::<Vec<_>>().join("\n")
}

fn package(manifest: &Manifest, format: Format) -> BTreeMap<String, Vec<u8>> {
    let (_root, _, folder) = published_as(manifest, &[format]);
    parts(&folder.join(format.file()))
}

const PACKAGES: [Format; 2] = [Format::Pptx, Format::Docx];

#[test]
fn every_part_is_xml_whose_relations_lead_to_parts() {
    let mut manifest = tutorial();
    manifest.scenes[0].narration =
        "1. **One** & <two>\u{1}\n2. https://example.org/?a=1&b=2\n\n- \u{1f600} مرحبا 世界".into();
    for format in PACKAGES {
        let parts = package(&manifest, format);
        for (name, bytes) in parts.iter().filter(|(name, _)| is_xml(name)) {
            let text = std::str::from_utf8(bytes).unwrap();
            let document = Document::parse(text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
            let internal =
                |node: &roxmltree::Node| node.has_tag_name("Relationship") || node.tag_name().name() == "Relationship";
            for relation in document.descendants().filter(internal) {
                if relation.attribute("TargetMode") == Some("External") {
                    continue;
                }
                let target = resolved(name, relation.attribute("Target").unwrap());
                assert!(parts.contains_key(&target), "{name} leads to {target}");
            }
        }
    }
}

/// The part that a relation of this part of relations leads to.
fn resolved(relations: &str, target: &str) -> String {
    let folder = relations.split("_rels/").next().unwrap();
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        if part == ".." {
            path.pop();
        } else {
            path.push(part);
        }
    }
    path.join("/")
}

#[test]
fn narration_alternative_text_and_legend_are_in_it() {
    for format in PACKAGES {
        let texts = texts(&package(&tutorial(), format));
        for text in [
            "Pairing <safely> & *well*",
            "For Offices.",
            "In two steps.",
            "1. You are in.",
            "1  Username",
        ] {
            assert!(texts.contains(text), "{format:?}: {text} in {texts}");
        }
        assert!(texts.contains("The text field “Username” (1)"), "{format:?}: {texts}");
    }
}

#[test]
fn slides_have_the_clean_screenshot_and_annotations_of_their_own() {
    let manifest = tutorial();
    let (_root, pictures, folder) = published_as(&manifest, &[Format::Pptx]);
    let parts = parts(&folder.join(Format::Pptx.file()));
    assert_eq!(
        parts["ppt/media/image1.png"],
        fs::read(pictures.join("login.png")).unwrap()
    );
    let slide = std::str::from_utf8(&parts["ppt/slides/slide2.xml"]).unwrap();
    let document = Document::parse(slide).unwrap();
    let names: Vec<_> = document
        .descendants()
        .filter(|node| node.tag_name().name() == "cNvPr")
        .map(|node| node.attribute("name").unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "",
            "Docent title",
            "Docent screenshot login.png",
            "Docent annotations login.png",
            "Docent outline 1",
            "Docent outline 2",
            "Docent number 1",
            "Docent number 2",
            "Docent legend"
        ]
    );
    let ids: Vec<_> = document
        .descendants()
        .filter(|node| node.tag_name().name() == "cNvPr")
        .filter_map(|node| node.attribute("id"))
        .collect();
    assert_eq!(
        ids.iter().collect::<std::collections::BTreeSet<_>>().len(),
        ids.len(),
        "{ids:?}"
    );
}

#[test]
fn equal_tutorials_give_equal_bytes_without_a_date() {
    for format in [Format::Demo, Format::Pptx, Format::Docx, Format::Gif] {
        let bytes = || {
            let (_root, _, folder) = published_as(&tutorial(), &[format]);
            fs::read(folder.join(format.file())).unwrap()
        };
        assert!(bytes() == bytes(), "{format:?}");
    }
}

#[test]
fn no_secret_is_in_it() {
    crate::redact::protect(&"office-Value-74".into());
    let mut manifest = tutorial();
    manifest.title = "Say office-Value-74".into();
    manifest.scenes[0].narration = "Type **office-Value-74**.".into();
    for format in PACKAGES {
        let texts = texts(&package(&manifest, format));
        assert!(
            !texts.contains("office-Value-74") && texts.contains("secret"),
            "{texts}"
        );
    }
}
