package com.acme.stock;

@jakarta.ws.rs.Path("/stock")
public class StockResource {
  @jakarta.ws.rs.GET
  public String all() {
    return "[]";
  }
}
