//! Styles, scripts and fonts, all of them part of the binary.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::LazyLock,
};

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};

use super::failure::Failure;

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

static ASSETS: [Asset; 9] = [
    Asset {
        name: "icon.svg",
        kind: "image/svg+xml",
        bytes: include_bytes!("../../assets/icon.svg"),
    },
    Asset {
        name: "portal.css",
        kind: "text/css; charset=utf-8",
        bytes: include_bytes!("../../assets/portal.css"),
    },
    Asset {
        name: "noscript.css",
        kind: "text/css; charset=utf-8",
        bytes: include_bytes!("../../assets/noscript.css"),
    },
    Asset {
        name: "portal.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../assets/portal.js"),
    },
    Asset {
        name: "dashboard.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../assets/dashboard.js"),
    },
    Asset {
        name: "dragging.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../assets/dragging.js"),
    },
    Asset {
        name: "fonts/NotoSans-Regular.ttf",
        kind: "font/ttf",
        bytes: notosans::REGULAR_TTF,
    },
    Asset {
        name: "fonts/NotoSans-Bold.ttf",
        kind: "font/ttf",
        bytes: notosans::BOLD_TTF,
    },
    Asset {
        name: "fonts/NotoSansArabic-Regular.ttf",
        kind: "font/ttf",
        bytes: uzor_fonts::NOTO_SANS_ARABIC,
    },
];

/// Name and address of each asset. One hash of all is in the addresses, which browsers may therefore cache for ever.
/// Fonts, which the style sheet names, never change and carry no version.
static ADDRESSES: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
    let mut hasher = DefaultHasher::new();
    for asset in &ASSETS {
        asset.bytes.hash(&mut hasher);
    }
    let version = hasher.finish();
    let address = |name: &str| {
        let suffix = if name.starts_with("fonts/") {
            String::new()
        } else {
            format!("?v={version:016x}")
        };
        format!("/assets/{name}{suffix}")
    };
    ASSETS.iter().map(|asset| (asset.name, address(asset.name))).collect()
});

/// The address of the asset `name`.
pub(crate) fn address(name: &str) -> &'static str {
    let known = ADDRESSES.iter().find(|(known, _)| *known == name);
    known.map_or("", |(_, address)| address)
}

pub(crate) async fn serve(Path(file): Path<String>) -> Result<Response, Failure> {
    let asset = ASSETS
        .iter()
        .find(|asset| asset.name == file)
        .ok_or(Failure::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, asset.kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.bytes).into_response())
}
