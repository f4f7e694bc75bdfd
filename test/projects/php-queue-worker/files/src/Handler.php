<?php

namespace Acme;
