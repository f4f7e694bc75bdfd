defmodule Billing.MixProject do
  use Mix.Project

  def project do
    [
      app: :billing,
      version: "0.1.0",
      elixir: "~> 1.17",
      start_permanent: Mix.env() == :prod,
      releases: [billing_prod: [include_executables_for: [:unix]]],
      deps: deps()
    ]
  end

  def application do
    [
      mod: {Billing.Application, []},
      extra_applications: [:logger, :runtime_tools]
    ]
  end

  defp deps do
    [
      {:bandit, "~> 1.5"}
    ]
  end
end
