import { describe, expect, it } from 'vitest';
import { baseImages } from '../../server/src/engine/catalog/base-images.ts';
import { baseImage } from '../../server/src/engine/dockerfile/base-image.ts';
import { distributionOf, hasShell, packageManager, shellKind } from '../../server/src/engine/dockerfile/family.ts';
import { isWindows } from '../../server/src/engine/dockerfile/platform.ts';
import { stage } from './support.ts';

describe('distribution of an image', () => {
  it.each([
    ['debian:bookworm-slim', 'debian bookworm'],
    ['debian:13', 'debian trixie'],
    ['debian', 'debian trixie'],
    ['ubuntu:24.04', 'ubuntu noble'],
    ['ubuntu:noble', 'ubuntu noble'],
    ['ubuntu', 'ubuntu'],
    ['alpine:3.22.1', 'alpine 3.22'],
    ['alpine', 'alpine'],
    ['docker.io/library/alpine:edge', 'alpine'],
    ['golang:1.27', 'debian trixie'],
    ['golang:1.27-alpine3.23', 'alpine 3.23'],
    ['golang:1.21', 'debian'],
    ['golang:1.24.1', 'debian'],
    ['node:24', 'debian bookworm'],
    ['node:24.14.0-slim', 'debian bookworm'],
    ['node:lts-alpine', 'alpine'],
    ['node:26', 'debian trixie'],
    ['python:3.13-slim', 'debian trixie'],
    ['python:3.13.1-slim', 'debian'],
    ['python:3.9-slim-buster', 'debian buster'],
    ['rust:1.98', 'debian trixie'],
    ['php:8.4-fpm', 'debian trixie'],
    ['php:8.4-apache-bookworm', 'debian bookworm'],
    ['elixir:1.20-otp-28', 'debian trixie'],
    ['maven:3.9-eclipse-temurin-21', 'ubuntu'],
    ['maven:3.9-eclipse-temurin-21-alpine', 'alpine'],
    ['eclipse-temurin:21-jre', 'ubuntu'],
    ['eclipse-temurin:21-ubi9-minimal', 'rhel'],
    ['openjdk:8-jre-alpine', 'alpine'],
    ['openjdk:11', 'debian'],
    ['openjdk:17', 'rhel'],
    ['nginx:stable-alpine-slim', 'alpine'],
    ['nginx@sha256:0123', 'debian'],
    ['gcr.io/distroless/static-debian12:nonroot', 'distroless bookworm'],
    ['gcr.io/distroless/base', 'distroless'],
    ['cgr.dev/chainguard/wolfi-base', 'wolfi'],
    ['cgr.dev/chainguard/node:latest-dev', 'wolfi'],
    ['mcr.microsoft.com/dotnet/sdk:10.0', 'ubuntu noble'],
    ['mcr.microsoft.com/dotnet/aspnet:8.0', 'debian bookworm'],
    ['mcr.microsoft.com/dotnet/runtime-deps:10.0.0-noble-chiseled', 'distroless noble'],
    ['mcr.microsoft.com/dotnet/core/aspnet:3.1-alpine', 'alpine'],
    ['registry.access.redhat.com/ubi9/ubi-minimal', 'rhel'],
    ['quay.io/centos/centos:stream9', 'rhel'],
    ['fedora:42', 'rhel'],
    ['busybox', 'busybox'],
    ['scratch', 'scratch'],
    ['example.com/team/app:1', 'undefined'],
    ['example.com/team/app:1-bookworm', 'debian bookworm'],
    ['alpine/git', 'undefined'],
    ['public.ecr.aws/docker/library/node:24', 'debian bookworm'],
    ['mirror.gcr.io/library/alpine:3.22', 'alpine 3.22'],
  ])('%s is %s', (image, expected) => {
    const found = distributionOf(stage(`FROM ${image}`));
    expect([found?.family, found?.release].filter((each) => each !== undefined).join(' ') || 'undefined').toBe(expected);
  });

  it('follows stages, and package managers where the image says nothing', () => {
    expect(distributionOf(stage('FROM alpine:3.22 AS a', 'FROM a'))).toEqual({ family: 'alpine', release: '3.22', evidence: 'image' });
    expect(distributionOf(stage('FROM $BASE', 'RUN apt-get update'))).toMatchObject({ family: 'debian', evidence: 'package-manager' });
    expect(distributionOf(stage('FROM example.com/x', 'RUN apk add x'))).toMatchObject({ family: 'alpine', evidence: 'package-manager' });
  });
});

describe('shell', () => {
  it.each([
    [['FROM debian'], 'dash'],
    [['FROM node:24-alpine'], 'ash'],
    [['FROM fedora'], 'bash'],
    [['FROM debian', 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]'], 'bash'],
    [['FROM debian', 'SHELL ["/bin/sh", "-ec"]'], 'dash'],
    [['FROM debian', 'RUN ln -sf /bin/bash /bin/sh'], 'bash'],
    [['FROM alpine', 'SHELL ["pwsh"]'], undefined],
    [['FROM scratch'], undefined],
    [['FROM $X'], undefined],
    [['FROM gcr.io/distroless/base'], undefined],
  ])('%j: %s', (lines, shell) => {
    expect(shellKind(stage(...lines))).toBe(shell);
  });

  it('is there or not', () => {
    expect(['debian', 'scratch', 'gcr.io/distroless/static', 'gcr.io/distroless/static:debug', 'example.com/x'].map((image) => hasShell(stage(`FROM ${image}`)))).toEqual([true, false, false, true, undefined]);
  });
});

it('names the package manager', () => {
  const manager = (...lines: readonly string[]): unknown => packageManager(stage(...lines));
  expect(['debian', 'alpine', 'registry.access.redhat.com/ubi9-minimal', 'fedora', 'scratch'].map((image) => manager(`FROM ${image}`))).toEqual(['apt', 'apk', 'microdnf', 'dnf', undefined]);
  expect(manager('FROM fedora', 'RUN yum install -y x')).toBe('yum');
});

describe('Windows', () => {
  it.each([
    ['FROM mcr.microsoft.com/windows/nanoserver:ltsc2022'],
    ['FROM mcr.microsoft.com/windows/servercore:$V'],
    ['FROM golang:1.27-windowsservercore'],
    ['FROM python:3.9-windowsservercore-$V'],
    ['FROM --platform=windows/amd64 example.com/x'],
    ['FROM ghcr.io/dapr/windows-base:1809'],
    ['FROM example.com/x\nSHELL ["powershell", "-Command"]'],
    ['FROM example.com/x\nSHELL ["C:\\\\Windows\\\\System32\\\\cmd.exe", "/S", "/C"]'],
    ['# escape=`\nFROM $X\nWORKDIR C:\\app'],
    ['FROM mcr.microsoft.com/windows/servercore AS a\nFROM a'],
  ])('%j', (text) => {
    expect(isWindows(stage(...text.split('\n')))).toBe(true);
  });

  it.each([['FROM alpine'], ['FROM mcr.microsoft.com/dotnet/sdk:10.0'], ['# escape=`\nFROM alpine\nWORKDIR /app'], ['FROM mcr.microsoft.com/powershell-tools/x'], ['FROM alpine\nSHELL ["pwsh", "-c"]']])('not %j', (text) => {
    expect(isWindows(stage(...text.split('\n')))).toBe(false);
  });
});

describe('catalog of base images', () => {
  it('knows what images bring along', () => {
    expect(baseImage(stage('FROM node:24'))).toMatchObject({ entrypoint: ['docker-entrypoint.sh'], cmd: ['node'], user: 'root' });
    expect(baseImage(stage('FROM golang:1.27'))).toMatchObject({ entrypoint: [], workdir: '/go' });
    expect(baseImage(stage('FROM jenkins/jenkins:lts'))).toMatchObject({ init: 'tini', user: 'jenkins' });
    expect(baseImage(stage('FROM lscr.io/linuxserver/sonarr'))).toMatchObject({ init: 's6-overlay' });
    expect(baseImage(stage('FROM gcr.io/distroless/static:nonroot'))).toMatchObject({ user: '65532' });
    expect(baseImage(stage('FROM example.com/node:24'))).toBeUndefined();
    expect(baseImage(stage('FROM bitnami/node'))).toMatchObject({ user: '1001' });
  });

  it('gives every row a source and a date, and patterns that keep no state', () => {
    for (const row of baseImages) {
      expect(row.source).not.toBe('');
      expect(row.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      for (const pattern of [row.image, row.tags, ...(row.releases ?? []).map(([tag]) => tag)]) {
        if (pattern instanceof RegExp) expect(pattern.flags).toBe('');
      }
    }
  });
});
