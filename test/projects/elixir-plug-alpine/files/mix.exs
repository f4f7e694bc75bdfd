defmodule Hooks.MixProject do
  use Mix.Project

  def project do
    [
      app: :hooks,
      version: "0.1.0",
      elixir: "~> 1.17",
      start_permanent: Mix.env() == :prod,
      deps: deps()
    ]
  end

  def application do
    [
      mod: {Hooks.Application, []},
      extra_applications: [:logger, :runtime_tools]
    ]
  end

  defp deps do
    [
      {:bandit, "~> 1.5"},
      {:exqlite, "~> 0.23"}
    ]
  end
end
