//! `GET` and `PUT /consultations/{slug}/pairs`: which passages of the two texts answer each other.

use std::collections::HashMap;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

use super::reading::Reader;
use crate::consultations;
use crate::drafts::Block;
use crate::drafts::pair::{self, Pair, Pairs, Published, State, Wanted};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::web::api::asked::{self, Parameters};
use crate::web::api::replay::{Answer, once};
use crate::web::error::Failure;
use crate::web::form::Json;
use crate::web::house::House;
use crate::web::visitor::deed;

#[derive(Serialize)]
struct PairsJson {
    revision: i32,
    ours: TextJson,
    theirs: TextJson,
    pairs: Vec<PairJson>,
}

/// One of the two texts, and its blocks that stand in no pair.
#[derive(Serialize)]
struct TextJson {
    document: Id,
    version: i32,
    title: String,
    unmatched: Vec<NamedBlock>,
}

#[derive(Serialize)]
struct NamedBlock {
    key: String,
    /// None where the passage is no longer in the text.
    number: Option<String>,
}

#[derive(Serialize)]
struct PairJson {
    id: Id,
    state: State,
    ours: Vec<NamedBlock>,
    theirs: Vec<NamedBlock>,
    ours_figure: String,
    theirs_figure: String,
    /// 0 to 1; 0 for a pair made by hand.
    likeness: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replace {
    revision: Option<i32>,
    pairs: Vec<WantedJson>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WantedJson {
    #[serde(default)]
    ours: Vec<String>,
    #[serde(default)]
    theirs: Vec<String>,
    #[serde(default)]
    ours_figure: String,
    #[serde(default)]
    theirs_figure: String,
}

/// # Errors
/// No such consultation, or not hers; conflict `no-comparison` until both texts are published.
pub async fn pairs(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    Parameters::of(&request, &[])?;
    let (slug, reader) = (asked::slug(&slug)?, Reader::of(&request, &house));
    let found = house.read(move |tx| {
        let Some(consultation) = reader.consultation(tx, &slug)? else { return Ok(None) };
        shown(tx, consultation).map(Some)
    });
    Ok(HttpResponse::Ok().json(found.await?.ok_or_else(Failure::expired)?))
}

/// Puts a whole list in the place of all pairs.
///
/// # Errors
/// Every pair that must be mended; pairs that somebody changed since `revision`.
pub async fn replace(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    body: Json<Replace>,
) -> Result<HttpResponse, Failure> {
    let (deed, slug, doing) = (deed(&request, &house)?, asked::slug(&slug)?, house.clone());
    once(&request, &house, &body.bytes, async move {
        let Replace { revision, pairs } = body.value;
        let wanted: Vec<Wanted> = pairs
            .into_iter()
            .map(|WantedJson { ours, theirs, ours_figure, theirs_figure }| Wanted {
                ours,
                theirs,
                ours_figure,
                theirs_figure,
            })
            .collect();
        let replaced = doing.write(move |tx| {
            let consultation = consultations::by_slug(tx, &slug)?.id;
            pair::replace(tx, &deed, consultation, &wanted, revision)?;
            shown(tx, consultation)
        });
        Answer::done(&replaced.await?)
    })
    .await
}

fn shown(tx: &mut Tx, consultation: Id) -> Result<PairsJson, Refusal> {
    let [ours, theirs] = pair::texts(tx, consultation)?;
    let Pairs { revision, pairs } = pair::read(tx, consultation)?;
    let (our_numbers, their_numbers) = (numbers(&ours.blocks), numbers(&theirs.blocks));
    let named = |keys: &[String], numbers: &HashMap<&str, &str>| -> Vec<NamedBlock> {
        let one = |key: &String| NamedBlock {
            key: key.clone(),
            number: numbers.get(key.as_str()).map(|one| (*one).to_owned()),
        };
        keys.iter().map(one).collect()
    };
    let shown = pairs.iter().map(|pair| PairJson {
        id: pair.id,
        state: pair.state,
        ours: named(&pair.ours, &our_numbers),
        theirs: named(&pair.theirs, &their_numbers),
        ours_figure: pair.ours_figure.clone(),
        theirs_figure: pair.theirs_figure.clone(),
        likeness: f64::from(pair.score) / 1000.0,
    });
    Ok(PairsJson {
        revision,
        pairs: shown.collect(),
        ours: text(&ours, &pairs, |pair| &pair.ours),
        theirs: text(&theirs, &pairs, |pair| &pair.theirs),
    })
}

fn numbers(blocks: &[Block]) -> HashMap<&str, &str> {
    blocks.iter().map(|block| (block.key.as_str(), block.number.as_str())).collect()
}

fn text(of: &Published, pairs: &[Pair], side: impl Fn(&Pair) -> &Vec<String>) -> TextJson {
    let paired: std::collections::HashSet<&String> = pairs.iter().flat_map(side).collect();
    let alone = of.blocks.iter().filter(|block| !paired.contains(&block.key));
    TextJson {
        document: of.version.document_id,
        version: of.version.number,
        title: of.title.clone(),
        unmatched: alone
            .map(|block| NamedBlock { key: block.key.clone(), number: Some(block.number.clone()) })
            .collect(),
    }
}
