package com.acme.orders;

public class Api {
  public static void main(String[] args) throws Exception {
    com.sun.net.httpserver.HttpServer.create(new java.net.InetSocketAddress(8080), 0).start();
  }
}
