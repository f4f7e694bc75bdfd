require 'sinatra'

get('/up') { 'ok' }
