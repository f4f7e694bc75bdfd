val ktor_version: String by project

plugins {
  kotlin("jvm") version "2.1.0"
  id("io.ktor.plugin") version "3.0.3"
}

application {
  mainClass.set("com.acme.notes.ApplicationKt")
}

kotlin {
  jvmToolchain(21)
}

dependencies {
  implementation("io.ktor:ktor-server-netty:$ktor_version")
}
