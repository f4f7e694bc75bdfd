require 'rmagick'
