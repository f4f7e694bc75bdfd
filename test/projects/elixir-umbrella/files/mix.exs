defmodule Market.MixProject do
  use Mix.Project

  def project do
    [
      apps_path: "apps",
      app: :market,
      releases: [
        web: [applications: [market_web: :permanent]],
        worker: [applications: [market: :permanent]]
      ],
      deps: []
    ]
  end
end
