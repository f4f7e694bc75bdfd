package com.acme.notes

fun main(args: Array<String>) = io.ktor.server.netty.EngineMain.main(args)
