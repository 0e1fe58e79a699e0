use actix_web::HttpResponse;

use crate::web::Failure;

pub async fn import() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn leave() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn list() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}
