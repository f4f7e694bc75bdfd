defmodule Market.MixProject do
  use Mix.Project

  def project do
    [
      app: :market,
      version: "0.1.0",
      elixir: "~> 1.17",
      start_permanent: Mix.env() == :prod,
      deps: deps()
    ]
  end

  def application do
    [
      mod: {Market.Application, []},
      extra_applications: [:logger, :runtime_tools]
    ]
  end

  defp deps do
    [

    ]
  end
end
