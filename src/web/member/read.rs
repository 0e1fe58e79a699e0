use actix_web::HttpResponse;

use crate::web::Failure;

pub async fn get() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn number() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}
