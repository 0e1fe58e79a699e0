use actix_web::HttpResponse;

use crate::web::Failure;

pub async fn get() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn post() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}
