use actix_web::HttpResponse;

use crate::web::Failure;

pub async fn code() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn start() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}
