defmodule MarketWeb.MixProject do
  use Mix.Project

  def project do
    [
      app: :market_web,
      version: "0.1.0",
      elixir: "~> 1.17",
      start_permanent: Mix.env() == :prod,
      deps: deps()
    ]
  end

  def application do
    [
      mod: {MarketWeb.Application, []},
      extra_applications: [:logger, :runtime_tools]
    ]
  end

  defp deps do
    [
      {:market, in_umbrella: true},
      {:phoenix, "~> 1.7"}
    ]
  end
end
