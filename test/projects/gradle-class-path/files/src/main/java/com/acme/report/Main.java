package com.acme.report;

public class Main {
  public static void main(String[] args) {
    System.out.println(com.google.common.base.Joiner.on(", ").join(args));
  }
}
