//! Where on a page a secret stands, so that no picture of evidence shows it.
//!
//! The browser's own snapshot of its document trees (Chrome `DevTools` Protocol, `DOMSnapshot.captureSnapshot`) sees what no
//! script of ours does: closed shadow trees, declared or attached, what is typed, what a style adds. It takes as long as any
//! script, about 3 ms, and changes nothing on the page. A frame that is another process's is not in it: nobody can tell what it
//! shows, so all of it counts.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::area::Area;
use crate::secrets::SecretValues;

/// What elements hold documents of their own.
const FRAMES: [&str; 5] = ["IFRAME", "FRAME", "FENCEDFRAME", "OBJECT", "EMBED"];
/// Attributes that browsers draw.
const DRAWN: [&str; 4] = ["value", "placeholder", "alt", "label"];

/// Width of the viewport, and where in it any of these texts can be read, by the answer of `DOMSnapshot.captureSnapshot`.
pub(super) fn find(snapshot: Value, secrets: &SecretValues) -> serde_json::Result<(f64, Vec<Area>)> {
    let tree: Tree = serde_json::from_value(snapshot)?;
    Ok((tree.width(), tree.concealed(secrets)))
}

/// The answer; numbers without a name of their own lead into `strings`, -1 to none.
#[derive(Deserialize)]
struct Tree {
    documents: Vec<Document>,
    strings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    nodes: Nodes,
    layout: Layout,
    #[serde(default)]
    scroll_offset_x: f64,
    #[serde(default)]
    scroll_offset_y: f64,
}

/// Columns of a table of nodes, in the order of the document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Nodes {
    parent_index: Vec<i64>,
    node_name: Vec<i64>,
    node_value: Vec<i64>,
    #[serde(default)]
    attributes: Vec<Vec<i64>>,
    #[serde(default)]
    text_value: Column,
    #[serde(default)]
    input_value: Column,
    #[serde(default)]
    content_document_index: Column,
}

/// A column that few nodes have a value in.
#[derive(Deserialize, Default)]
struct Column {
    index: Vec<usize>,
    value: Vec<i64>,
}

/// What is laid out: which node, where (x, y, width, height from the document's upper left corner), and with what text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Layout {
    node_index: Vec<usize>,
    bounds: Vec<[f64; 4]>,
    text: Vec<i64>,
}

impl Column {
    fn of(&self, node: usize) -> Option<i64> {
        let found = self.index.iter().position(|index| *index == node)?;
        self.value.get(found).copied()
    }
}

impl Tree {
    fn width(&self) -> f64 {
        // The first thing that is laid out is the viewport.
        let viewport = self
            .documents
            .first()
            .and_then(|document| document.layout.bounds.first());
        viewport.map_or(0., |[_, _, width, _]| *width)
    }

    fn concealed(&self, secrets: &SecretValues) -> Vec<Area> {
        let Some(main) = self.documents.first().filter(|_| !secrets.is_empty()) else {
            return Vec::new();
        };
        let in_the_viewport = |[x, y, width, height]: [f64; 4]| Area {
            x: x - main.scroll_offset_x,
            y: y - main.scroll_offset_y,
            width,
            height,
        };
        self.revealing(main, secrets).into_iter().map(in_the_viewport).collect()
    }

    /// Bounds of all that shows a secret in this document, or may show one.
    fn revealing(&self, document: &Document, secrets: &SecretValues) -> Vec<[f64; 4]> {
        let Document { nodes, layout, .. } = document;
        let mut texts = Vec::new();
        let mut found = Vec::new();
        let drawn: BTreeMap<usize, [f64; 4]> = layout
            .node_index
            .iter()
            .copied()
            .zip(layout.bounds.iter().copied())
            .collect();
        for (node, value) in nodes.node_value.iter().enumerate() {
            let parent = nodes
                .parent_index
                .get(node)
                .and_then(|parent| usize::try_from(*parent).ok());
            // A list that is closed draws one of its options itself.
            let select = || self.ancestors(nodes, parent).find(|(name, _)| *name == "SELECT");
            let bounds = drawn.get(&node).copied();
            let bounds = bounds.or_else(|| drawn.get(&select()?.1).copied());
            let (Some(bounds), text) = (bounds, self.text(*value)) else {
                continue;
            };
            if !text.is_empty() {
                texts.push((text, bounds));
            }
            if self.may_reveal(nodes, node, secrets) {
                found.push(bounds);
            }
        }
        // What a style adds is in no node's value.
        let added = layout
            .text
            .iter()
            .zip(&layout.bounds)
            .map(|(text, bounds)| (self.text(*text), *bounds));
        let added = added.filter(|(text, _)| secrets.exposed().any(|secret| text.contains(secret)));
        found.extend(added.map(|(_, bounds)| bounds));
        found.extend(holding(&texts, secrets));
        found
    }

    /// Whether an element itself, apart from the text in it, shows a secret, or is a frame that may.
    fn may_reveal(&self, nodes: &Nodes, node: usize, secrets: &SecretValues) -> bool {
        let shows = |text: &str| secrets.exposed().any(|secret| text.contains(secret));
        let name = self.text(nodes.node_name[node]);
        if FRAMES.contains(&name) {
            let inside = nodes
                .content_document_index
                .of(node)
                .and_then(|index| usize::try_from(index).ok());
            let inside = inside.and_then(|index| self.documents.get(index));
            return inside.is_none_or(|document| !self.revealing(document, secrets).is_empty());
        }
        let attributes: Vec<_> = nodes
            .attributes
            .get(node)
            .map(Vec::as_slice)
            .unwrap_or_default()
            .as_chunks::<2>()
            .0
            .iter()
            .map(|[name, value]| (self.text(*name), self.text(*value)))
            .collect();
        // It shows dots.
        let masked = name == "INPUT"
            && attributes
                .iter()
                .any(|(name, value)| *name == "type" && value.eq_ignore_ascii_case("password"));
        let typed = [&nodes.input_value, &nodes.text_value]
            .into_iter()
            .filter_map(|column| column.of(node));
        let drawn = attributes
            .iter()
            .filter(|(name, _)| DRAWN.contains(name) && !(masked && *name == "value"));
        typed.map(|text| self.text(text)).any(|text| !masked && shows(text))
            || drawn.into_iter().any(|(_, value)| shows(value))
    }

    fn ancestors<'a>(&'a self, nodes: &'a Nodes, from: Option<usize>) -> impl Iterator<Item = (&'a str, usize)> {
        let above = |node: &usize| usize::try_from(*nodes.parent_index.get(*node)?).ok();
        std::iter::successors(from, above).map(|node| (self.text(nodes.node_name[node]), node))
    }

    fn text(&self, index: i64) -> &str {
        let text = usize::try_from(index).ok().and_then(|index| self.strings.get(index));
        text.map_or("", String::as_str)
    }
}

/// The bounds of all texts that a secret stands in, also one that runs through several: `A7<b>K2</b>`.
fn holding(texts: &[(&str, [f64; 4])], secrets: &SecretValues) -> Vec<[f64; 4]> {
    let mut all = String::new();
    let mut ends = Vec::new();
    for (text, _) in texts {
        all.push_str(text);
        ends.push(all.len());
    }
    let occurrences = secrets.exposed().flat_map(|secret| all.match_indices(secret));
    let touched = occurrences.flat_map(|(start, secret)| {
        let (end, first) = (start + secret.len(), ends.partition_point(|end| *end <= start));
        let more = ends[first..].iter().take_while(move |last| **last < end).count();
        texts[first..=first + more].iter().map(|(_, bounds)| *bounds)
    });
    touched.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_runs_through_several_texts_is_found_in_all_of_them() {
        let at = |x: f64| [x, 0., 1., 1.];
        let texts = [("say A7", at(0.)), ("K2", at(1.)), ("M9 now", at(2.)), ("else", at(3.))];
        let found = |secret: &str| {
            holding(&texts, &SecretValues::from_iter([secret]))
                .iter()
                .map(|bounds| bounds[0])
                .collect::<Vec<_>>()
        };
        assert_eq!(found("A7K2M9"), [0., 1., 2.]);
        assert_eq!(found("K2"), [1.]);
        assert_eq!(found("else"), [3.]);
        assert_eq!(found("nowhere"), [0.; 0]);
    }
}
